import type { Words } from '../kernel/words.ts';
import { Trouble } from './desk-parts.ts';

/** What can go wrong on the offline page besides what goes wrong on the desk: in words, with what it means and what to do. */
const nothingSent: Words = { zh: '本页没有发送、也没有更改任何内容。', en: 'This page sent and changed nothing.' };

export const refused = (title: Words): Trouble =>
  new Trouble(
    title,
    { zh: '在此之前不能认为已经递交。', en: 'Until then do not count the bid as submitted.' },
    {
      zh: '请核对所选的文件；如果文件都对，请保留它们并联系监管部门。',
      en: 'Look whether these are the right files; if they are, keep them and call the regulator.',
    },
  );
export const notThisFile = (title: Words): Trouble =>
  new Trouble(title, nothingSent, { zh: '请换用完整、未改动的文件。', en: 'Use the whole, unaltered file.' });
export const chooseFirst = (): Trouble =>
  new Trouble({ zh: '还有文件没有选择。', en: 'A file is still to be chosen.' }, nothingSent, {
    zh: '请选择招标信息文件并填入平台公钥，再选择这里的文件。',
    en: 'Choose the tender file and give the platform’s key, then the files here.',
  });
export const notReadable = (): Trouble =>
  new Trouble({ zh: '文件不是 JSON，读不出来。', en: 'The file is no JSON and cannot be read.' }, nothingSent, {
    zh: '请选择平台给出的原文件。',
    en: 'Choose the file as the platform gave it.',
  });
export const otherBidder = (): Trouble =>
  new Trouble({ zh: '密封投标文件不是这个标段的。', en: 'The sealed-bid file is of another lot.' }, nothingSent, {
    zh: '请选择同一标段的招标信息文件。',
    en: 'Choose the tender file of the same lot.',
  });
export const noIdentity = (): Trouble =>
  new Trouble({ zh: '文件中没有完整的 AGE-SECRET-KEY-1 密钥。', en: 'The file holds no whole AGE-SECRET-KEY-1 key.' }, nothingSent, {
    zh: '请选择密封时保存的密钥文件。',
    en: 'Choose the key file that you saved when you sealed.',
  });
export const unexpected = (error: unknown): Trouble =>
  new Trouble(
    {
      zh: `这一步没有成功（${error instanceof Error ? error.message : String(error)}）。`,
      en: `This step did not succeed (${error instanceof Error ? error.message : String(error)}).`,
    },
    nothingSent,
    {
      zh: '请重试；仍不成功请换一台电脑，或用命令行程序。',
      en: 'Try again; if it stays, use another computer or the command line program.',
    },
  );
