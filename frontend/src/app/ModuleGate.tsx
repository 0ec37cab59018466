import { Outlet } from "react-router";
import { useSession } from "@/api/session";
import { NotFound } from "@/app/NotFound";
import type { Module } from "@/ui/module";

/** A module that is switched off does not exist for its city. */
export function ModuleGate({ module }: { module: Module }) {
  const session = useSession();
  return session.modules.includes(module.label) ? <Outlet /> : <NotFound />;
}
