"""Every refusal, by verb: a code for machines, a sentence for people, a status for the web."""
