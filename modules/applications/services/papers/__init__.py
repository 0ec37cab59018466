"""Documents of a recommendation: the one that goes up, and the list of results for everybody.

They are filled by the letters' engine from the docx that lie beside this file, in the background
alone, in the child process of `documents`.
"""

from modules.applications.services.papers.asking import ask_paper, download_paper
from modules.applications.services.papers.drawing import draw_paper, fail_paper
from modules.applications.services.papers.naming import Naming

__all__ = ["Naming", "ask_paper", "download_paper", "draw_paper", "fail_paper"]
