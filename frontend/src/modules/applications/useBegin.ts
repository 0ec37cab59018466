import { useNavigate } from "react-router";
import { api } from "@/api/client";

/** Begins an application, and goes where it is filled in. */
export function useBegin(onError?: (error: unknown) => void) {
  const navigate = useNavigate();
  return api.useMutation("post", "/api/v1/applications/own/", {
    meta: { refreshes: ["/api/v1/applications/", "/api/v1/procedures/"], isRereadWhenRefused: true },
    onSuccess: async ({ case: id, sheet }) => {
      await navigate(sheet ? `/forms/sheets/${sheet}` : `/procedures/cases/${id}`);
    },
    onError,
  });
}
