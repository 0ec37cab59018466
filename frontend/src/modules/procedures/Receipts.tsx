import { Navigate, useParams } from "react-router";
import { api } from "@/api/client";
import { ReceiptView } from "@/ui/ReceiptView";

/** In the address, for the step that has just been done. */
const LAST = "last";

/** That a step of a matter was done. */
export function StepReceipt() {
  const { id = "", number = "" } = useParams();
  return number === LAST ? <LastStep id={id} /> : <Step id={id} number={number} />;
}

function LastStep({ id }: { id: string }) {
  const { data: events } = api.useSuspenseQuery(
    "get",
    "/api/v1/procedures/cases/{id}/events/",
    { params: { path: { id } } },
    { staleTime: 0 },
  );
  return <Navigate to={`/procedures/cases/${id}/receipts/${events.at(-1)?.number ?? 1}`} replace />;
}

function Step({ id, number }: { id: string; number: string }) {
  const { data } = api.useSuspenseQuery("get", "/api/v1/procedures/cases/{id}/events/{number}/receipt/", {
    params: { path: { id, number } },
  });
  return <ReceiptView receipt={data} onwards="Wróć do sprawy" />;
}

/** That a letter was issued. */
export function LetterReceipt() {
  const { id = "" } = useParams();
  const { data } = api.useSuspenseQuery("get", "/api/v1/procedures/letters/{id}/receipt/", {
    params: { path: { id } },
  });
  return <ReceiptView receipt={data} onwards="Wróć do sprawy" />;
}
