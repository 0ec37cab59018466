"""The verbs of people and their rights."""

from accounts.services.assignments import assign_role, change_assignment, end_assignment
from accounts.services.auditor_pack import export_auditor_pack
from accounts.services.bulk import InvitationReport, invitation_template, invite_people
from accounts.services.entering import (
    begin_key,
    give_code,
    give_key,
    pending_factors,
    sign_in,
    sign_out,
)
from accounts.services.exports import export_assignments, export_people, export_roles
from accounts.services.factors import (
    add_key,
    add_totp,
    begin_totp,
    refuse_factor_loss,
    remove_factor,
    renew_recovery_codes,
    reset_factors,
)
from accounts.services.functions import (
    add_function,
    change_function,
    delete_function,
    give_function,
    take_function,
)
from accounts.services.guards import require_recent_proof
from accounts.services.invitations import IN_THE_CITY, invite_again, invite_person
from accounts.services.joinings import (
    agree_by_letter,
    agree_to_join,
    ask_to_join,
    decline_by_letter,
    decline_to_join,
    has_account,
    read_joining,
    withdraw_joining,
)
from accounts.services.keeping_accounts import (
    add_person,
    change_own_details,
    change_person,
    close_account,
    reopen_account,
    view_person,
)
from accounts.services.kept_views import forget_view, keep_view
from accounts.services.letting_know import tell_of_change
from accounts.services.links import read_link
from accounts.services.motions import (
    confirm_motion,
    propose_administrator,
    propose_recovery,
    refuse_motion,
    withdraw_motion,
)
from accounts.services.offers import answer_offer, offer_starting_roles
from accounts.services.passwords import (
    ask_for_password,
    change_email,
    change_own_email,
    change_password,
    confirm_email,
    set_password,
)
from accounts.services.proving import begin_proof, prove
from accounts.services.purging import purge_expired
from accounts.services.roles import add_role, change_role, delete_role
from accounts.services.rotating import count_unopened, rotate_secrets
from accounts.services.sessions import (
    end_other_sessions,
    end_session,
    sign_out_person,
    view_sessions,
)
from accounts.services.sign_in_rules import change_sign_in_rules
from accounts.services.single_sign_on import add_provider, change_provider, delete_provider
from accounts.services.substitutions import appoint_substitute, end_substitution
from accounts.services.tokens import make_token, revoke_token, use_token

__all__ = [
    "IN_THE_CITY",
    "InvitationReport",
    "add_function",
    "add_key",
    "add_person",
    "add_provider",
    "add_role",
    "add_totp",
    "agree_by_letter",
    "agree_to_join",
    "answer_offer",
    "appoint_substitute",
    "ask_for_password",
    "ask_to_join",
    "assign_role",
    "begin_key",
    "begin_proof",
    "begin_totp",
    "change_assignment",
    "change_email",
    "change_function",
    "change_own_details",
    "change_own_email",
    "change_password",
    "change_person",
    "change_provider",
    "change_role",
    "change_sign_in_rules",
    "close_account",
    "confirm_email",
    "confirm_motion",
    "count_unopened",
    "decline_by_letter",
    "decline_to_join",
    "delete_function",
    "delete_provider",
    "delete_role",
    "end_assignment",
    "end_other_sessions",
    "end_session",
    "end_substitution",
    "export_assignments",
    "export_auditor_pack",
    "export_people",
    "export_roles",
    "forget_view",
    "give_code",
    "give_function",
    "give_key",
    "has_account",
    "invitation_template",
    "invite_again",
    "invite_people",
    "invite_person",
    "keep_view",
    "make_token",
    "offer_starting_roles",
    "pending_factors",
    "propose_administrator",
    "propose_recovery",
    "prove",
    "purge_expired",
    "read_joining",
    "read_link",
    "refuse_factor_loss",
    "refuse_motion",
    "remove_factor",
    "renew_recovery_codes",
    "reopen_account",
    "require_recent_proof",
    "reset_factors",
    "revoke_token",
    "rotate_secrets",
    "set_password",
    "sign_in",
    "sign_out",
    "sign_out_person",
    "take_function",
    "tell_of_change",
    "use_token",
    "view_person",
    "view_sessions",
    "withdraw_joining",
    "withdraw_motion",
]
