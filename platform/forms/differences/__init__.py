"""What changed between two definitions, and between two sets of answers, in words."""

from forms.differences.answers import AnswerChange, compare_answers
from forms.differences.definitions import Change, compare

__all__ = ["AnswerChange", "Change", "compare", "compare_answers"]
