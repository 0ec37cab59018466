/** The package describes it as an empty module. */
declare module "elkjs/lib/elk-worker.min.js" {
  export const Worker: typeof globalThis.Worker;
}
