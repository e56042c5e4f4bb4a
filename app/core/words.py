"""Marking sentences for translation; pure, so that rules may use `N_`."""


def N_(sentence: str) -> str:
    """Mark a sentence for the translators and leave it as it is: it is translated where it is shown."""
    return sentence
