"""What kind of event a sentence tells of, without saying which one."""

import re

_CLAUSE = re.compile(r"(?:[，（,]| \()[^，（,]*?%\(\w+\)s[^，,]*")
_COUNTED = re.compile(r"[为满]?第?%\(\w+\)s(?:人的|[次号项个张件户版人家席年])|,? no\. %\(\w+\)s")
_LEFT = re.compile(r"%\(\w+\)s")


def kind_in_words(sentence: str) -> str:
    """A day's paper counts events by their kind: 第%(number)s号表决收到一张选票 becomes 表决收到一张选票."""
    return _LEFT.sub("…", _COUNTED.sub("", _CLAUSE.sub("", sentence))).strip(" ：:")
