import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Fonts } from './fingerprint.ts';
import { digest } from './fingerprint.ts';

let loaded: Fonts | undefined;

/** The two typefaces of every paper (Noto Sans SC, whole, 10.5 MB each, SIL Open Font License), read once. */
export function loadFonts(): Fonts {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const read = (file: string): Uint8Array => new Uint8Array(readFileSync(require.resolve(`@expo-google-fonts/noto-sans-sc/${file}`)));
  const regular = read('400Regular/NotoSansSC_400Regular.ttf');
  const bold = read('700Bold/NotoSansSC_700Bold.ttf');
  const both = new Uint8Array(regular.length + bold.length);
  both.set(regular);
  both.set(bold, regular.length);
  loaded = { regular, bold, hash: digest(both) };
  return loaded;
}
