import { createTransport } from 'nodemailer';
import { type Channel, type Message, SendFailure } from '../experts/channel.ts';

/** Where mail is handed in, and who it is from. */
export interface MailSettings {
  readonly url: string;
  readonly from: string;
}

const patience = 15_000;

/** E-mail through a server. What is said by `smtp://` is raised to TLS, or not said: it names an expert. Only to this machine it may go in clear. */
export function mailChannel({ url, from }: MailSettings): Channel {
  const { protocol, hostname, port, username, password } = new URL(url);
  const own = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 465 : 587)),
    secure,
    requireTLS: !secure && !own,
    ignoreTLS: !secure && own,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'e-mail',
    async send(message) {
      try {
        const { rejected, messageId } = await transport.sendMail(mailOf(message, from));
        if (rejected.length > 0) throw new SendFailure('refused');
        return { state: 'accepted', reference: messageId };
      } catch (error) {
        throw failureOf(error);
      }
    },
  };
}

/** The error's own text names the receiver, and is dropped. */
function failureOf(error: unknown): SendFailure {
  if (error instanceof SendFailure) return error;
  const { code, responseCode } = error as { code?: string; responseCode?: number };
  if (code === 'ETIMEDOUT') return new SendFailure('timed-out');
  // a wrong password or a server without TLS may be put right by the operator; an address that a server does not know may not
  if (code === 'EENVELOPE' && (responseCode ?? 0) >= 500) return new SendFailure('refused');
  if (code === 'EMESSAGE' && (responseCode ?? 0) >= 500) return new SendFailure('refused');
  return new SendFailure('unreachable');
}

/** The same message is the same mail, however often it is handed in: its id is that of the attempt. */
const mailOf = ({ id, to, subject, text, html }: Message, from: string) => ({
  from,
  to: { name: '', address: to },
  subject,
  text,
  html,
  messageId: `<${id}@${from.replace(/^.*@/, '').replace(/[^\w.-]/g, '') || 'localhost'}>`,
  headers: { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' },
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** The bytes of the mail, for a folder that stands in the place of a server. */
export async function writtenMail(message: Message, from: string): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const { message: bytes } = await transport.sendMail(mailOf(message, from));
  if (!Buffer.isBuffer(bytes)) throw new Error('the mail was not written');
  return bytes;
}
