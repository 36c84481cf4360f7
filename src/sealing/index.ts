/**
 * The one door of the room: everything here runs unchanged in Node and in the browser. What needs a file system or
 * node:crypto stands in `*-node.ts` beside it and is imported by the server alone.
 */
export {
  beginCeremony,
  type CeremonyPackage,
  type CeremonyResult,
  type CeremonySecret,
  type CeremonySize,
  type CeremonyVerdict,
  ceremonyPackageShape,
  checkPackages,
  councilOf,
  type DealtShare,
  dealShares,
  finishCeremony,
  holdCeremony,
  packageHash,
} from './ceremony.ts';
export {
  joinCeremony,
  type MadeKey,
  type MemberSecret,
  type MemberStep,
  nextStep,
  openSecret,
  type SealedShare,
  sealSecret,
} from './ceremony-member.ts';
export {
  type CeremonyCall,
  type CeremonyStatement,
  type CeremonyTranscript,
  ceremonyCallShape,
  ceremonyStatementShape,
  ceremonyTranscriptShape,
  comparisonCode,
  statementBytes,
  transcriptDigest,
} from './ceremony-messages.ts';
export { judgeComplaint, sealedDigest, sealShare } from './ceremony-shares.ts';
export { admit, type CeremonyFacts, type CeremonyOutcome, checkCall, outcomeOf, signedBy, verifyCeremony } from './ceremony-verify.ts';
export {
  type Certificate,
  type CertificateName,
  type ChainFlaw,
  certificatePem,
  checkChain,
  daysLeft,
  type KeyUsage,
  publicKeyOf,
  readCertificate,
  readCertificates,
  suiteOf,
  type Trust,
  validAt,
} from './certificate.ts';
export {
  buildDigest,
  type ClientAsset,
  type ClientBuild,
  type ClientName,
  clientBuild,
  clientBuildShape,
  clientNames,
  clientShape,
  clientVersion,
  type SealingClient,
} from './client.ts';
export {
  type CombiningFlaw,
  type Council,
  type CouncilFlaw,
  combine,
  councilShape,
  evaluate,
  type Share,
  type ShareFlaw,
  shareShape,
  type Trustee,
  type TrusteeShare,
  verifyCouncil,
  verifyShare,
} from './council.ts';
export {
  concat,
  hkdfSha256,
  hmacSha256,
  type RunningDigest,
  randomBytes,
  runningSha256,
  sameBytes,
  sha256,
  sha256OfStream,
} from './digest.ts';
export {
  type AnyDrawRequest,
  bareTranscript,
  type Candidate,
  checkDrawLists,
  checkDrawRequest,
  type DrawFlaw,
  type DrawLists,
  type DrawRequest,
  type DrawRequestFlaw,
  type DrawResult,
  type DrawTranscript,
  drawChoice,
  drawDigest,
  drawPoint,
  drawRequestShape,
  drawSeed,
  drawTranscript,
  drawTranscriptShape,
  type ExpertIdentity,
  eligibleFor,
  employerTag,
  employerTagsIn,
  emptySeats,
  expertCommitment,
  type LongDrawRequest,
  listsOf,
  nextCalled,
  openDraw,
  resolveDraw,
  sortedCandidates,
  ticket,
  verifyDraw,
  wholeTranscript,
} from './draw.ts';
export {
  ageRecipientOf,
  type CouncilSeal,
  checkLabelProof,
  contextText,
  councilRecipient,
  coverStream,
  decryptStream,
  type EnvelopeContext,
  type EnvelopeHeader,
  envelopeAltered,
  headerLength,
  longestHeader,
  newAgeIdentity,
  readEnvelopeHeader,
  rereadOwn,
  type SealContext,
  type SealedKind,
  type SheetContext,
  sealedSize,
  sealSheetStream,
  sealStream,
  unwrapFileKey,
} from './envelope.ts';
export {
  createSigningRequest,
  issueAuthority,
  issueCertificate,
  issueRoot,
  type Naming,
  readSigningRequest,
  type SigningRequest,
  signingRequestPem,
  type Validity,
} from './issuing.ts';
export { createKeyFile, passphraseFits, signerFromKeyFile } from './key-file.ts';
export {
  type OpenedItem,
  type OpeningFlaw,
  type OpeningItem,
  type OpeningTranscript,
  type OpeningVerdict,
  openingContext,
  openingItem,
  openingPoints,
  openingShape,
  openingTranscript,
  publicEdition,
  verifyOpening,
} from './opening.ts';
export { type Bid, type BidFile, bidShape, containerType, fileNameFits, type Packing, packBid } from './package.ts';
export {
  blobSource,
  bytesSource,
  type PackageFlaw,
  type PackageSource,
  type PackedFile,
  readPackedFile,
  type VerifiedPackage,
  verifyPackage,
} from './package-reader.ts';
export { type PrivateKey, type SchemeName, type Suite, suites } from './scheme.ts';
export { bytesShape, codeShape, elementShape, idShape, instantShape, type Part, partShape } from './shapes.ts';
export { type SignatureFlaw, type Signed, signDetached, verifyDetached } from './signature.ts';
export { type KeyPair, newKeyPair, newKeyPairOf, publicKeyDer, type Signer, type SigningKey, signerFromKey, signingKey } from './signer.ts';
export { clientOf, type SubmissionStatement, submissionBytes, submissionShape } from './statement.ts';
export { changeKeyPassphrase, keyPassphraseFits, openTrusteeKey, sealTrusteeKey, type TrusteeKey } from './trustee-key.ts';
export type { Refuted, Verdict } from './verdict.ts';
