/** Server-sent events, and knowing whether the server is there. */

const NAMES = ["progress", "published", "edited", "failed", "idle"];
/** A gap this short is a reconnect, not a loss worth telling (ms). */
const PATIENCE = 2500;

/**
 * Listens until the page goes. `handlers` has a function per event name, and `lost` and `back`.
 * @param {Object<string, (data: Object) => void>} handlers
 */
export function listen(handlers) {
  let source;
  let timer = null;
  let lost = false;

  function open() {
    source = new EventSource("/api/v1/events");
    source.addEventListener("open", () => {
      clearTimeout(timer);
      timer = null;
      if (lost) handlers.back();
      lost = false;
    });
    source.addEventListener("error", () => {
      // The browser tries again by itself, unless the answer was not a stream at all.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 3000);
      timer ??= setTimeout(() => {
        lost = true;
        handlers.lost();
      }, PATIENCE);
    });
    for (const name of NAMES) source.addEventListener(name, (event) => handlers[name](JSON.parse(event.data)));
  }

  open();
  addEventListener("pagehide", () => {
    clearTimeout(timer);
    source.close();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) open();
  });
}
