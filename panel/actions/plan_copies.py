"""Plans made from other plans, and templates: plans without people that any role may start from."""

from panel.actions.checks import allowed, unless_stale
from panel.actions.drafts import ONLY_MANAGERS, existing_draft, existing_role, note, valid
from panel.domain.basics import new_id, now
from panel.domain.copying import copied, without_people
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Plan
from panel.domain.questions import BankQuestion
from panel.errors import InputError, NotFound
from panel.house import Workspace
from panel.store import bank, people, plans, templates
from panel.store.database import Transaction
from panel.store.templates import Template


def copy_plan(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    role_id: str,
    title: str,
    with_people: bool = True,
    with_questions: bool = True,
) -> str:
    """The id of the new draft, for the same role or another."""

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        return _start(
            transaction, person, stored.plan, role_id, title, with_people=with_people, with_questions=with_questions
        )

    return workspace.database.write(work)


def start_from_template(
    workspace: Workspace, *, by: Person, template_id: str, role_id: str, title: str, with_questions: bool = True
) -> str:
    """The id of the new draft; all its seats stand open."""

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        found = _existing(transaction, template_id)
        return _start(transaction, person, found.plan, role_id, title, with_people=False, with_questions=with_questions)

    return workspace.database.write(work)


def all_templates(workspace: Workspace, *, by: Person) -> list[Template]:
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        return templates.all_templates(transaction)


def save_template(workspace: Workspace, *, by: Person, plan_id: str, name: str) -> str:
    """Keep a plan's rounds, rules and questions, without its people, as a template. Its id."""

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        if not stored.plan.rounds:
            raise InputError("A plan without a round makes no template. Add a round first.")
        facts = without_people(stored.plan).model_dump() | {"title": name}
        plan = valid(lambda: Plan.model_validate(facts))
        if any(each.name.casefold() == plan.title.casefold() for each in templates.all_templates(transaction)):
            raise InputError(f"There is already a template named {plan.title}. Choose another name.")
        template_id = new_id()
        templates.insert_template(
            transaction, template_id=template_id, plan=plan, created_by=person.id, created_at=now()
        )
        note(transaction, person, "save_template", "template", template_id, None, plan.model_dump())
        return template_id

    return workspace.database.write(work)


def remove_template(workspace: Workspace, *, by: Person, template_id: str) -> None:
    """Plans that were made from it stay as they are."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        found = _existing(transaction, template_id)
        unless_stale(templates.delete_template(transaction, template_id), "This template")
        note(transaction, person, "remove_template", "template", template_id, found.plan.model_dump(), None)

    workspace.database.write(work)


def _start(
    transaction: Transaction,
    person: Person,
    plan: Plan,
    role_id: str,
    title: str,
    *,
    with_people: bool,
    with_questions: bool,
) -> str:
    measured = existing_role(transaction, role_id).role.measured
    everyone = people.all_people(transaction) if with_people else []
    active = frozenset(each.id for each in everyone if each.active)
    questions: dict[str, BankQuestion] = {}
    if with_questions:
        questions = {each.key: each for each in bank.current_questions(transaction)}
    draft = valid(
        lambda: copied(plan, title=title, people=active, questions=questions, measured=measured, make_id=new_id)
    )
    plan_id = new_id()
    plans.insert_plan(transaction, plan_id=plan_id, role_id=role_id, plan=draft, created_at=now())
    note(transaction, person, "copy_plan", "plan", plan_id, None, draft.model_dump())
    return plan_id


def _existing(transaction: Transaction, template_id: str) -> Template:
    found = templates.template_by_id(transaction, template_id)
    if found is None:
        raise NotFound("This template is no longer there. Choose another.")
    return found
