import type { Words } from '../kernel/words.ts';

/** The ways by which a message leaves the house. In the house itself (`in-app`) it stands in the moment it is due. */
export const channelNames = ['in-app', 'e-mail', 'sms', 'voice'] as const;
export type ChannelName = (typeof channelNames)[number];
export type OutwardChannel = Exclude<ChannelName, 'in-app'>;

export const channelWords: Readonly<Record<ChannelName, Words>> = {
  'in-app': { zh: '站内', en: 'in the platform' },
  'e-mail': { zh: '邮件', en: 'e-mail' },
  sms: { zh: '短信', en: 'text message' },
  voice: { zh: '语音电话', en: 'voice call' },
};

/** What is said, in both languages; `html` for channels that show it. */
export interface Wording {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** short enough for a text message, or to be read out */
  readonly short: string;
}
export interface Message extends Wording {
  /** the same at every try: whoever receives it twice knows it for one */
  readonly id: string;
  /** an address or a telephone number, as the channel takes it */
  readonly to: string;
}
/** `accepted`: taken over, whether it arrived is reported later, or never. */
export interface Receipt {
  readonly state: 'accepted' | 'delivered';
  /** under which the other side knows it */
  readonly reference: string | null;
}
export interface Channel {
  readonly name: OutwardChannel;
  /** Rejects with a `SendFailure` and nothing else: what other sides write in their errors names the receiver. */
  send(message: Message): Promise<Receipt>;
}

/** Why a message did not go out. A closed list: it stands in the journal, and an address must not. */
export const failures = {
  unreachable: { again: true, says: { zh: '通道不可用', en: 'the channel was not available' } },
  'timed-out': { again: true, says: { zh: '通道超时', en: 'the channel did not answer in time' } },
  refused: { again: false, says: { zh: '通道拒收', en: 'the channel refused it' } },
  undelivered: { again: false, says: { zh: '未能送达', en: 'reported as not delivered' } },
  'no-address': { again: false, says: { zh: '没有登记联系方式', en: 'no address on record' } },
} as const satisfies Record<string, { readonly again: boolean; readonly says: Words }>;
export type Failure = keyof typeof failures;

export class SendFailure extends Error {
  readonly why: Failure;
  constructor(why: Failure) {
    super(`the message was not sent: ${why}`);
    this.why = why;
  }
}

let present: ReadonlyMap<OutwardChannel, Channel> = new Map();
let front = '';

/** Gives this process the channels it may use, and the address that messages lead to; only the worker sends. */
export function useChannels(channels: readonly Channel[], address: string): void {
  present = new Map(channels.map((channel) => [channel.name, channel]));
  front = address;
}
export const channels = (): ReadonlyMap<OutwardChannel, Channel> => present;
export const frontAddress = (): string => front;

/** Who may report what became of a message: whoever holds the key it was sent with. */
export interface ReportGate {
  readonly channel: OutwardChannel;
  holds(report: { readonly time: string; readonly body: string; readonly signature: string }): boolean;
}
let gates: ReadonlyMap<string, ReportGate> = new Map();
export function useReportGates(list: readonly ReportGate[]): void {
  gates = new Map(list.map((gate) => [gate.channel, gate]));
}
export const reportGates = (): ReadonlyMap<string, ReportGate> => gates;

/** How a demonstration shows what went out: the message of that id as it was written, or null. */
export type SentReader = (id: string) => Promise<string | null>;
let sent: SentReader = async () => null;
export function useSentReader(reader: SentReader): void {
  sent = reader;
}
export const sentMessage: SentReader = (id) => sent(id);
