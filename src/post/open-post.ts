import { useChannels, useReportGates, useSentReader } from '../experts/channel.ts';
import { folderChannel, folderReader } from './folder.ts';
import { type GatewaySettings, gatewayChannel, reportGate } from './gateway.ts';
import { type MailSettings, mailChannel } from './mail.ts';

export interface PostSettings {
  readonly mail: MailSettings | null;
  readonly sms: GatewaySettings | null;
  readonly voice: GatewaySettings | null;
  readonly folder: string;
}

/** Gives the worker the channels it sends by. Where none is set, a sandbox writes into a folder and a production node sends nothing. */
export function openChannels({ mail, sms, voice, folder }: PostSettings, sandbox: boolean, address: string): void {
  useChannels(
    [
      ...(mail ? [mailChannel(mail)] : sandbox ? [folderChannel('e-mail', folder)] : []),
      ...(sms ? [gatewayChannel('sms', sms)] : sandbox ? [folderChannel('sms', folder)] : []),
      ...(voice ? [gatewayChannel('voice', voice)] : []),
    ],
    address,
  );
}

/** Gives the web process what it answers by: gateways report to it, and a sandbox shows what it wrote. */
export function openReports({ sms, voice, folder }: PostSettings, sandbox: boolean): void {
  useReportGates([...(sms ? [reportGate('sms', sms)] : []), ...(voice ? [reportGate('voice', voice)] : [])]);
  if (sandbox) useSentReader(folderReader(folder));
}
