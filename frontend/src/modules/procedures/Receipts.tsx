import { useParams } from "react-router";
import { api } from "@/api/client";
import { ReceiptView } from "@/ui/ReceiptView";

/** That a step of a matter was done. */
export function StepReceipt() {
  const { id = "", number = "" } = useParams();
  const { data } = api.useSuspenseQuery("get", "/api/v1/procedures/cases/{id}/events/{number}/receipt/", {
    params: { path: { id, number } },
  });
  return <ReceiptView receipt={data} onwards="Wróć do sprawy" />;
}

/** That a letter was issued. */
export function LetterReceipt() {
  const { id = "" } = useParams();
  const { data } = api.useSuspenseQuery("get", "/api/v1/procedures/letters/{id}/receipt/", { params: { path: { id } } });
  return <ReceiptView receipt={data} onwards="Wróć do sprawy" />;
}
