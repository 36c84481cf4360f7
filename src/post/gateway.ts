import { type Channel, type OutwardChannel, type Receipt, type ReportGate, SendFailure } from '../experts/channel.ts';
import { sameBytes } from '../journal/merkle.ts';
import { base64url, fromBase64url, utf8 } from '../kernel/bytes.ts';
import { parseInstant, systemClock } from '../kernel/clock.ts';
import { hmacSha256 } from '../sealing/digest.ts';

/**
 * A gateway for text messages or voice calls, spoken to over HTTP (docs/operate.md says how): one POST a message, signed with a shared key, and signed
 * reports of what became of it the other way.
 */
export interface GatewaySettings {
  readonly url: string;
  readonly key: string;
  /** a gateway that takes longer has failed, in milliseconds */
  readonly patience?: number;
}

/** What is signed: the direction too, so that neither side's words can be played back as the other's. */
export const gatewaySignature = (key: string, direction: 'send' | 'report', time: string, body: string): string =>
  base64url(hmacSha256(utf8(key), utf8(`${direction}\n${time}\n${body}`)));

/** an answer is a reference and a word */
const mostBytes = 4096;

export function gatewayChannel(name: OutwardChannel, { url, key, patience = 10_000 }: GatewaySettings): Channel {
  return {
    name,
    async send({ id, to, short }) {
      const time = systemClock();
      const body = JSON.stringify({ id, channel: name, to, text: short });
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': id,
        'x-yangguang-time': time,
        'x-yangguang-signature': gatewaySignature(key, 'send', time, body),
      };
      try {
        const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(patience) });
        return await receiptOf(response);
      } catch (error) {
        if (error instanceof SendFailure) throw error;
        throw new SendFailure(error instanceof Error && error.name === 'TimeoutError' ? 'timed-out' : 'unreachable');
      }
    },
  };
}

async function receiptOf(response: Response): Promise<Receipt> {
  if (!response.ok) {
    await response.body?.cancel();
    const later = response.status >= 500 || [408, 425, 429].includes(response.status);
    throw new SendFailure(later ? 'unreachable' : 'refused');
  }
  const answer: unknown = parsed(await textOf(response));
  const said = typeof answer === 'object' && answer !== null ? (answer as { state?: unknown; reference?: unknown }) : {};
  return {
    state: said.state === 'delivered' ? 'delivered' : 'accepted',
    reference: typeof said.reference === 'string' ? said.reference : null,
  };
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > mostBytes) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** A gateway that took a message has taken it, whatever it says besides. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A report counts for so long after it was signed, in milliseconds: one that was recorded on the way is worth nothing later. */
const reportFor = 300_000;

export const reportGate = (channel: OutwardChannel, { key }: GatewaySettings): ReportGate => ({
  channel,
  holds({ time, body, signature }) {
    const at = parseInstant(time);
    const given = fromBase64url(signature);
    if (at === undefined || given === undefined || Math.abs(Date.parse(systemClock()) - Date.parse(at)) > reportFor) return false;
    return sameBytes(given, fromBase64url(gatewaySignature(key, 'report', time, body)) ?? new Uint8Array(0));
  },
});
