"""The addresses that a crawl asks for, by the name of their route."""

from tests import bodies, pictured

ADDRESSES = {
    "health/live": ["/health/live"],
    "health/ready": ["/health/ready"],
    "region-choice": ["/"],
    "robots": ["/robots.txt"],
    "security": ["/.well-known/security.txt"],
    "sitemap-index": ["/sitemap.xml"],
    "sitemap": [
        f"/sitemaps/{name}-1.xml" for name in ("pages", "conditions", "histories", "organisations", "reviewers")
    ],
    "feed": ["/{region}/feed.xml"],
    "home": ["/uk/", "/us/", "/fr/"],
    "a-to-z": ["/uk/conditions/", "/us/conditions/"],
    "article": ["/{region}/conditions/{slug}/"],
    "history": ["/{region}/conditions/{slug}/history/"],
    "feedback": ["/{region}/feedback/", "/{region}/feedback/?page={slug}&about=mistake"],
    "feedback-sent": ["/{region}/feedback/sent/?page={slug}"],
    "version": ["/{region}/conditions/{slug}/v1/", "/{region}/conditions/{slug}/v2/"],
    "compare": ["/{region}/conditions/{slug}/compare/"],
    "verify-form": ["/verify/", f"/verify/?code={'0' * 12}"],
    "verify": ["/verify/{digest}/"],
    "signed-content": ["/verify/{digest}/content.json"],
    "corrections": ["/{region}/corrections/"],
    "editorial-process": ["/{region}/editorial-process/"],
    "medical-team": ["/{region}/medical-team/"],
    "search": [
        "/{region}/search/",
        "/{region}/search/?q=als",
        "/{region}/search/?q=symptoms",
        "/{region}/search/?q=weak+muscles",
        "/{region}/search/?q=dr+{reviewer}",
    ],
    "search-add-slash": ["/{region}/search"],
    "suggestions": ["/{region}/search/suggest/?q=als", "/{region}/search/suggest/?q=ca"],
    "references": [f"/{{region}}/conditions/{{slug}}/references.{suffix}" for suffix in ("ris", "bib", "nbib", "json")],
    "reviewer": ["/{region}/medical-team/{reviewer}/"],
    **bodies.ADDRESSES,
    "picture": [pictured.address("green"), f"/pictures/{'0' * 64}.svg"],
    "photograph": [f"/photographs/{'0' * 64}.webp"],
    "add-slash": ["/uk", "/{region}/conditions/{slug}"],
    "site-page": ["/{region}/about/", "/{region}/privacy/"],
    "pages-add-slash": ["/{region}/feedback"],
    "no-such-page": ["/nothing", "/uk/nothing/", "/%00", "/uk/conditions/%ff/"],
}
