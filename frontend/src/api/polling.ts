/** For `refetchInterval`: ask again every `everyMs` while the job still runs, stop when it does not. */
export const whileRunning =
  <T>(isRunning: (job: T) => boolean, everyMs = 1000) =>
  (query: { state: { data: T | undefined; error: unknown } }): number | false => {
    const { data, error } = query.state;
    if (data === undefined) {
      return error ? false : everyMs;
    }
    return isRunning(data) ? everyMs : false;
  };
