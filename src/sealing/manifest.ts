import { base64, fromBase64, utf8 } from '../kernel/bytes.ts';

/** `META-INF/ASiCManifest.xml` of an ASiC-E container (ETSI EN 319 162-1 annex A.4): the SHA-256 of every data object. */
export interface ManifestEntry {
  /** path inside the container */
  readonly path: string;
  readonly sha256: Uint8Array;
}

const asic = 'http://uri.etsi.org/02918/v1.2.1#';
const xmldsig = 'http://www.w3.org/2000/09/xmldsig#';
const sha256Method = 'http://www.w3.org/2001/04/xmlenc#sha256';

export const manifestPath = 'META-INF/ASiCManifest.xml';
export const signaturePath = 'META-INF/signature.p7s';

/** Each further member of a joint bid signs a manifest of its own, numbered from 1 (ETSI EN 319 162-1: any number of `ASiCManifest*.xml`, each with its signature). */
export const memberManifestPath = (member: number): string => `META-INF/ASiCManifest${numbered(member)}.xml`;
export const memberSignaturePath = (member: number): string => `META-INF/signature${numbered(member)}.p7s`;
export const isMemberPath = (path: string): boolean => /^META-INF\/(?:ASiCManifest\d{3}\.xml|signature\d{3}\.p7s)$/.test(path);
const numbered = (member: number): string => String(member).padStart(3, '0');

const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/').replaceAll("'", '%27');

/** The manifest's bytes; the same entries give the same bytes. It names the signature that is made over it: of a joint bid each member has its own. */
export function writeManifest(entries: readonly ManifestEntry[], signature: string = signaturePath): Uint8Array {
  const references = entries.map(({ path, sha256 }) =>
    [
      `  <asic:DataObjectReference URI="${uriOf(path)}">`,
      `    <ds:DigestMethod Algorithm="${sha256Method}"/>`,
      `    <ds:DigestValue>${base64(sha256)}</ds:DigestValue>`,
      '  </asic:DataObjectReference>',
    ].join('\n'),
  );
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<asic:ASiCManifest xmlns:asic="${asic}" xmlns:ds="${xmldsig}">`,
    `  <asic:SigReference URI="${signature}" MimeType="application/pkcs7-signature"/>`,
    ...references,
    '</asic:ASiCManifest>',
  ];
  return utf8(`${lines.join('\n')}\n`);
}

const attribute = String.raw`\s+[\w:.-]+\s*=\s*(?:"[^"<&]*"|'[^'<&]*')`;
const token = new RegExp(String.raw`<(/?)((?:[\w.-]+:)?[\w.-]+)((?:${attribute})*)\s*(/?)>|([^<]+)`, 'gy');

interface Tag {
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * Reads a manifest, ours or another tool's. A strict subset of XML is enough and is all that is taken: elements,
 * attributes, text; no entities, comments, CDATA or DOCTYPE, which are where XML readers come to differ.
 * Undefined for anything else.
 */
export function readManifest(text: string): readonly ManifestEntry[] | undefined {
  const body = text.replace(/^\uFEFF?<\?xml[^?<>]*\?>/, '');
  const entries: ManifestEntry[] = [];
  const open: string[] = [];
  let path: string | undefined;
  let method: string | undefined;
  let digest: string | undefined;
  for (const part of partsOf(body) ?? ['broken']) {
    if (typeof part === 'string') {
      const inDigest = open.at(-1) === 'DigestValue';
      if (!inDigest && part.trim() !== '') return undefined;
      if (inDigest) digest = (digest ?? '') + part;
      continue;
    }
    if (!part.closes) {
      open.push(part.name);
      const place = open.join('/');
      if (place === 'ASiCManifest/DataObjectReference') [path, method, digest] = [part.attributes.get('URI'), undefined, undefined];
      if (place === 'ASiCManifest/DataObjectReference/DigestMethod') method = part.attributes.get('Algorithm');
      continue;
    }
    const place = open.join('/');
    if (open.pop() !== part.name) return undefined;
    if (place !== 'ASiCManifest/DataObjectReference') continue;
    const entry = entryOf(path, method, digest);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return open.length === 0 && entries.length > 0 ? entries : undefined;
}

/** Tags and texts in order, an empty element as its opening and its closing; undefined when something else stands there. */
function partsOf(body: string): (Tag | string)[] | undefined {
  const parts: (Tag | string)[] = [];
  let at = 0;
  token.lastIndex = 0;
  for (let found = token.exec(body); found !== null; found = token.exec(body)) {
    at = token.lastIndex;
    const [, slash, qualified = '', written = '', empty, between] = found;
    if (between !== undefined) {
      parts.push(between);
      continue;
    }
    const name = qualified.slice(qualified.indexOf(':') + 1);
    const attributes = attributesIn(written);
    if (attributes === undefined) return undefined;
    if (slash !== '/') parts.push({ name, closes: false, attributes });
    if (slash === '/' || empty === '/') parts.push({ name, closes: true, attributes });
  }
  return at === body.length ? parts : undefined;
}

function attributesIn(written: string): Map<string, string> | undefined {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of written.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (attributes.has(name)) return undefined;
    attributes.set(name, double ?? single ?? '');
  }
  return attributes;
}

function entryOf(uri: string | undefined, method: string | undefined, digest: string | undefined): ManifestEntry | undefined {
  const sha256 = fromBase64((digest ?? '').trim());
  if (uri === undefined || method !== sha256Method || sha256?.length !== 32) return undefined;
  try {
    return { path: decodeURIComponent(uri), sha256 };
  } catch {
    return undefined; // a percent sign that begins no UTF-8
  }
}
