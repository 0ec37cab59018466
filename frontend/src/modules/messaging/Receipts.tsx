import { useParams } from "react-router";
import { api } from "@/api/client";
import { ReceiptView } from "@/ui/ReceiptView";

/** That an answer was sent. */
export function AnswerReceipt() {
  const { id = "" } = useParams();
  const { data } = api.useSuspenseQuery("get", "/api/v1/messaging/answers/{id}/receipt/", { params: { path: { id } } });
  return <ReceiptView receipt={data} onwards="Wróć do wiadomości" />;
}

/** That a message was sent. */
export function MessageReceipt() {
  const { id = "" } = useParams();
  const { data } = api.useSuspenseQuery("get", "/api/v1/messaging/messages/{message_id}/receipt/", {
    params: { path: { message_id: id } },
  });
  return <ReceiptView receipt={data} onwards="Wróć do wiadomości" />;
}
