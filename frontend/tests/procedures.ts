import { CLERK, page, type Server } from "@tests/render";
import { CASE, CASE_ROW, EVENTS } from "./case";
import { PROCEDURE, PROCEDURE_ROW } from "./procedure";
import { KINDS } from "./stageKinds";

export const OFFICER = {
  ...CLERK,
  modules: [...CLERK.modules, "procedures", "forms"],
  permissions: [
    ...CLERK.permissions,
    "procedures.manage_procedures",
    "procedures.view_cases",
    "procedures.open_case",
    "procedures.act_in_case",
    "procedures.manage_letters",
    "procedures.manage_classes",
  ],
};

const API = "GET /api/v1/procedures/";

/** A city with one procedure and one case, and whatever a test adds. */
export const city = (more: Server = {}): Server => ({
  "GET /api/v1/accounts/session/": OFFICER,
  [`${API}kinds/`]: KINDS,
  [`${API}effects/`]: [{ code: "messaging.send_message", label: "wyślij wiadomość" }],
  [`${API}procedures/`]: page([PROCEDURE_ROW]),
  [`${API}procedures/p1/`]: PROCEDURE,
  [`${API}cases/`]: page([CASE_ROW]),
  [`${API}cases/c1/`]: CASE,
  [`${API}cases/c1/events/`]: EVENTS,
  [`${API}cases/c1/letters/`]: [],
  [`${API}classes/`]: page([]),
  [`${API}letter-templates/`]: page([]),
  "GET /api/v1/forms/forms/": page([]),
  "GET /api/v1/directory/units/": page([]),
  ...more,
});
