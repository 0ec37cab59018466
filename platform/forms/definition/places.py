"""Where in a definition something is: for the program and for people."""

from dataclasses import dataclass

from forms.definition.model import Column, Fault, Question, Section


@dataclass(frozen=True, slots=True)
class Place:
    """Grows downwards: the document, a section, a question, a column, a member."""

    path: str = ""
    where: str = ""

    def down(self, *steps: str | int, called: str = "") -> "Place":
        """The place below; `called` is what people call it, where they have a name for it."""
        path = "/".join([*([self.path] if self.path else []), *map(str, steps)])
        where = " › ".join(name for name in (self.where, called) if name)
        return Place(path, where)

    def fault(self, sentence: str) -> Fault:
        return Fault(self.path, self.where or "Formularz", sentence)

    def section(self, number: int, section: Section) -> "Place":
        return self.down("sections", number, called=section_name(section.title, number))

    def question(self, number: int, question: Question) -> "Place":
        return self.down("questions", number, called=question_name(question, number))

    def column(self, number: int, column: Column) -> "Place":
        return self.down("options", "columns", number, called=column_name(column, number))


def section_name(title: str, number: int) -> str:
    return f"Sekcja „{title}”" if title else f"Sekcja {number + 1}."


def question_name(question: Question, number: int) -> str:
    return f"„{question.label}”" if question.label else f"pytanie {number + 1}."


def column_name(column: Column, number: int) -> str:
    return f"kolumna „{column.label}”" if column.label else f"kolumna {number + 1}."
