"""What is said about an employee is for the heads of the departments called on, and for whom they hand it to."""

from services.intake.domain.card import Card


def to_the_heads(card: Card) -> None:
    """Put what is still owed into the hands of the heads: the complaint turned out to be about an employee."""
    for subcase in card.complaint.subcases:
        department = card.organisation.department(subcase.department)
        if department is None or not subcase.owes:
            continue
        head, acting = department.head, card.acting(department.head)
        if subcase.assignee not in (head, acting):
            card.write("handed_over", department=subcase.department, before=subcase.assignee, assignee=acting)
            subcase.assignee, subcase.deputises_for = acting, head if acting != head else None
