"""Messages to units and people, who opened them, and the collecting of answers.

Nouns: Message, Audience, Attachment, AnswerRequest, Delivery, Reading, Reminder, Answer, Merge.
Verbs: write_draft, change_draft, discard_draft, send_message, deliver_message, open_delivery,
answer_delivery, enter_answer, remind_silent, start_merge, run_merge.
A message to a unit is seen by whoever belongs to the unit now or later: visibility follows the
membership in force and is never copied to people.
"""
