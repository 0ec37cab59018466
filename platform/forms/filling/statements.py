"""The words of the statements that somebody accepts."""

from collections.abc import Mapping
from typing import Any

from forms.filling.composites import accepted_as_shown, is_wordless
from forms.filling.projection import Projection


def worded(answers: Mapping[str, Any], projection: Projection) -> dict[str, Any]:
    """Each bare yes to a statement among the answers, with the words that it now says."""
    return {
        key: accepted_as_shown(drawn.wording)
        for key, answer in answers.items()
        if (drawn := projection.questions[key]).wording is not None and is_wordless(answer)
    }
