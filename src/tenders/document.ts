import { z } from 'zod';

/** A file that came with a form and lies in the store already (kernel/endpoint `StagedFile`). */
export const stagedFile = z.object({
  key: z.string().max(64),
  name: z.string().trim().min(1).max(200),
  type: z.string().max(100),
  bytes: z.int().min(1, '文件是空的。 | The file is empty.'),
  sha256: z.string().length(43),
});

/** The name a document goes by: what was typed, else the file's own. */
export const documentName = (typed: string | undefined, file: { readonly name: string }): string => typed?.trim() || file.name;
