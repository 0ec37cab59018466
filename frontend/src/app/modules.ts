import { accounts } from "@/modules/accounts/module";
import { audit } from "@/modules/audit/module";
import { budget } from "@/modules/budget/module";
import { directory } from "@/modules/directory/module";
import { forms } from "@/modules/forms/module";
import { messaging } from "@/modules/messaging/module";
import { outbox } from "@/modules/outbox/module";
import { procedures } from "@/modules/procedures/module";
import type { Module } from "@/ui/module";

/** Every module of the product, in the order of the menu; a city has some of them switched on. */
export const modules: readonly Module[] = [messaging, procedures, budget, forms, directory, accounts, audit, outbox];
