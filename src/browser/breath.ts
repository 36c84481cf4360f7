/** The longest a script works before the page may answer its user again, in milliseconds. */
const longest = 30;
let since = 0;

/**
 * Lets the page breathe. A loop over a stream whose data is always there never leaves the queue of promises, and a page that hashes 200 MB would
 * stand still for seconds; a message leaves it without the four milliseconds that timers cost.
 */
export async function breathe(): Promise<void> {
  if (performance.now() - since < longest) return;
  await new Promise<void>((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
  since = performance.now();
}
