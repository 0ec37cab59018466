import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const API = process.env.OPIUM_API ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  // The server gives the built files out under /static/app/; in development Vite serves the page itself.
  base: command === "build" ? "/static/app/" : "/",
  plugins: [react()],
  resolve: {
    alias: {
      "@tests": fileURLToPath(new URL("./tests", import.meta.url)),
      "@": fileURLToPath(new URL("./src", import.meta.url)),
    },
  },
  // A Django variable: the view that serves dist/index.html fills it with the nonce of its answer.
  html: { cspNonce: command === "build" ? "{{ csp_nonce }}" : undefined },
  build: {
    target: "es2022",
    // Nothing is inlined as a data: address, so that the content security policy can stay narrow.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    // Every browser that understands es2022 preloads modules by itself.
    modulePreload: { polyfill: false },
    // The first screen comes in one file: compressed together it is smaller by 8 kB than in twenty files.
    rolldownOptions: {
      output: {
        codeSplitting: { groups: [{ name: "first", test: /\/src\/main\.tsx$/ }] },
        // The first file names all others: without their telling names it is lighter. The desk keeps its
        // own, by which build/firstLoad.ts sees that it is loaded apart.
        chunkFileNames: ({ name }) => `assets/${["first", "Desk"].includes(name) ? `${name}-` : ""}[hash].js`,
      },
    },
  },
  // The browser's own Host (bydgoszcz.localhost:5173) goes through: it names the city.
  server: { host: "127.0.0.1", allowedHosts: [".localhost"], proxy: { "/api": { target: API, changeOrigin: false } } },
  test: {
    environment: "jsdom",
    setupFiles: ["tests/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    restoreMocks: true,
    // One world for all files, or each of them would load the whole application anew. What a test leaves
    // behind is cleared away after it (tests/setup.ts); one worker, because other checks run beside it.
    isolate: false,
    maxWorkers: 1,
    testTimeout: 40_000,
  },
}));
