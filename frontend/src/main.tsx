import "@fontsource-variable/source-sans-3/wght.css";
import "@/ui/mantine.css";
import "@/ui/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { createRouter } from "@/app/router";
import { shareNonce } from "@/ui/nonce";

const root = document.getElementById("root");
if (!root) {
  throw new Error("The page has no #root.");
}
shareNonce();
createRoot(root).render(
  <StrictMode>
    <App router={createRouter()} />
  </StrictMode>,
);
