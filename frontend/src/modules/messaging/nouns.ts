import type { Schemas } from "@/api/client";

export type InboxItem = Schemas["InboxItemOut"];
export type Received = Schemas["InboxMessageOut"];
export type AnswerRequest = Schemas["AnswerRequestOut"];
export type Answer = Schemas["AnswerOut"];
export type Message = Schemas["MessageOut"];
export type MessageSummary = Schemas["MessageSummaryOut"];
export type Counts = Schemas["CountsOut"];
export type Delivery = Schemas["DeliveryOut"];
export type Merge = Schemas["MergeOut"];
export type MergeReport = Schemas["MergeReportOut"];
export type AskedFile = Schemas["AskedFileOut"];
export type RemarkedCell = Schemas["RemarkedCellOut"];

/** Everything that this module asks the server for lies under here. */
export const MESSAGING = "/api/v1/messaging/";
/** One message at one addressee, as what is asked about it names it. */
export const DELIVERY = "messaging.delivery";

export const attachmentAddress = (id: string) => `${MESSAGING}attachments/${id}/download/`;
export const answerFileAddress = (id: string) => `${MESSAGING}answer-files/${id}/download/`;
