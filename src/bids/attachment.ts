import { utf8 } from '../kernel/bytes.ts';
import { fileNameFits } from '../sealing/package.ts';

/**
 * Names under which attachments stand in the package: usable everywhere and told apart whatever the letters' case. What people chose is kept as
 * far as it can be: `图纸:总平面.pdf` becomes `图纸_总平面.pdf`, a second `资质.pdf` becomes `资质 (2).pdf`.
 */
export function packedNames(chosen: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return chosen.map((name) => {
    const [stem, ending] = parted(usable(name));
    let made = stem + ending;
    for (let n = 2; taken.has(made.toLowerCase()); n += 1) made = `${stem} (${n})${ending}`;
    taken.add(made.toLowerCase());
    return made;
  });
}

/** How many bytes of UTF-8 a name may have here: room is left for ` (99)`. */
const longest = 190;

function usable(name: string): string {
  const harmless = name
    .normalize('NFC')
    .toWellFormed()
    .replace(/[\p{Cc}/\\:*?"<>|]/gu, '_')
    .trim();
  const [stem, ending] = parted(harmless);
  let short = [...stem];
  while (utf8(short.join('') + ending).length > longest) short = short.slice(0, -1);
  const fitting = short.join('').trim() + ending.trimEnd();
  return fileNameFits(fitting) ? fitting : `_${fitting.replace(/[\s.]+$/u, '')}_`;
}

/** A name and its ending (`.pdf`); an overlong ending is none. */
function parted(name: string): readonly [string, string] {
  const at = name.lastIndexOf('.');
  return at > 0 && name.length - at <= 12 ? [name.slice(0, at), name.slice(at)] : [name, ''];
}

/** Whether a file's name ends as the form asks; everything does where the form asks nothing. */
export const accepted = (name: string, endings: readonly string[] | undefined): boolean =>
  endings === undefined || endings.some((ending) => name.toLowerCase().endsWith(ending.toLowerCase()));
