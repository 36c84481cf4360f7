import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Channel, Message, OutwardChannel, SentReader } from '../experts/channel.ts';
import { writtenMail } from './mail.ts';

/** In a demonstration nothing leaves the house: mail is written as .eml, a text message as .txt. The name of a file is the id of the attempt and says nothing else. */
const endings = { 'e-mail': 'eml', sms: 'txt', voice: 'txt' } as const satisfies Record<OutwardChannel, string>;

export function folderChannel(name: OutwardChannel, folder: string): Channel {
  return {
    name,
    async send(message) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${message.id}.${endings[name]}`);
      await writeFile(`${file}.part`, await contentOf(name, message), { mode: 0o600 });
      await rename(`${file}.part`, file);
      return { state: 'delivered', reference: null };
    },
  };
}

const contentOf = async (name: OutwardChannel, message: Message): Promise<Buffer | string> =>
  name === 'e-mail' ? writtenMail(message, 'no-reply@yangguang.localhost') : `${message.to}\n${message.short}\n`;

/** Reads back what was written; an id is a UUID, and nothing else is a file. */
export const folderReader =
  (folder: string): SentReader =>
  async (id) => {
    if (!/^[0-9a-f-]{36}$/.test(id)) return null;
    for (const ending of ['eml', 'txt']) {
      const text = await readFile(join(folder, `${id}.${ending}`), 'utf8').catch(() => null);
      if (text !== null) return text;
    }
    return null;
  };
