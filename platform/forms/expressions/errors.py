class Malformed(ValueError):
    """The text is no expression: at which letter, and what to do, in Polish."""

    def __init__(self, position: int, sentence: str) -> None:
        super().__init__(sentence)
        self.position = position
        self.sentence = sentence
