"""How long importing references takes, and in how much memory: a quarter, a half and all of 50,000.

    python -m tests.benchmarks.references [HOW MANY]

Each run is a process of its own on a copy of one SQLite database. Fails when memory passes 1 GB, or when the
whole takes more than six times as long as a quarter: twice the records, about twice the time.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_MEMORY = 1_000  # MB
LONGEST = 6.0  # times a quarter's time
MANAGE = (sys.executable, "manage.py")
KB_IN_MB = 1024


def main(most: int = 50_000) -> None:
    """Measure, print, and fail past the bars."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder, "fresh.sqlite3")
        for command in ("migrate", "load_demo"):
            run = [*MANAGE, command, "-v0"]
            subprocess.run(run, env=environment(fresh), check=True, stdout=subprocess.DEVNULL)
        figures = [one_process(fresh, most // part) for part in (4, 2, 1)]
    print(f"{'references':>12}{'seconds':>10}{'a second':>10}{'MB':>8}")
    for figure in figures:
        rate = figure["count"] / figure["seconds"]
        print(f"{figure['count']:12.0f}{figure['seconds']:10.1f}{rate:10.0f}{figure['memory']:8.0f}")
    print(json.dumps({"import": figures}))
    if figures[-1]["memory"] > MOST_MEMORY or figures[-1]["seconds"] > LONGEST * figures[0]["seconds"]:
        sys.exit("Past the bar.")


def environment(database: Path) -> dict[str, str]:
    """The settings of a process on this SQLite file."""
    return {**os.environ, "DEBUG": "1", "DATABASE_URL": f"sqlite:///{database}", "OWNER_DATABASE_URL": ""}


def one_process(fresh: Path, count: int) -> dict[str, float]:
    """Import so many into a copy of a database; count, seconds of processor time, largest memory in MB."""
    database, file = fresh.with_name(f"{count}.sqlite3"), fresh.with_name(f"{count}.ris")
    shutil.copy(fresh, database)
    write(file, count)
    command_line = [*MANAGE, "import_references", str(file), "--by", "demo-editor"]
    process = subprocess.Popen(command_line, env=environment(database), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("The import failed.")
    return {"count": count, "seconds": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / KB_IN_MB}


def write(file: Path, count: int) -> None:
    """A file of so many articles, each with eight authors and its own numbers."""
    authors = "".join(f"AU  - Author{letter}, Given {letter}.\n" for letter in "ABCDEFGH")
    with file.open("w") as out:
        for number in range(1, count + 1):
            out.write(
                f"TY  - JOUR\nTI  - A trial of treatment {number} in amyotrophic lateral sclerosis\n{authors}"
                f"T2  - Journal of Trials\nDA  - 2017/07/13\nVL  - {number % 400}\nIS  - 2\nSP  - 162\nEP  - 172\n"
                f"DO  - 10.1000/bench.{number}\nAN  - {number}\nER  - \n\n"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
