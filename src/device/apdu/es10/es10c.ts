import { decode, encode, hasBit } from '../../../wire/asn1/index.js';
import {
  DeleteProfileRequest,
  DeleteProfileResult,
  DisableProfileResult,
  eidToOctets,
  EnableProfileResult,
  Es10Tag,
  EuiccMemoryResetRequest,
  GetEuiccDataRequest,
  GetEuiccDataResponse,
  iccidFromOctets,
  ProfileInfoListRequest,
  ProfileInfoListResponse,
  ResetOption,
  ResetResult,
  ResultResponse,
  SetNicknameRequest,
  SetNicknameResult,
  SwitchProfileRequest,
  type ProfileIdentifier,
} from '../../../wire/rsp/index.js';
import type { ProfileResult, VirtualEuicc } from '../../euicc/index.js';
import { refused } from '../status-words.js';
import { es10Function, type Es10Function } from './function.js';
import { profilesInfo } from './profiles-info.js';

const eidTag = 0x5a;

const result = (tag: number, code: number): Buffer => encode(ResultResponse(tag), { result: code });

/**
 * The functions of ES10c (SGP.22 5.7.15 to 5.7.21). `refreshFlag` has no effect. A profile changes its state at once,
 * because the virtual eUICC has no toolkit session in which it could send REFRESH.
 */
export const es10c: readonly Es10Function[] = [
  es10Function(ProfileInfoListRequest, (euicc, request) =>
    encode(ProfileInfoListResponse, profilesInfo(euicc, request)),
  ),

  es10Function(SwitchProfileRequest(Es10Tag.enableProfile), (euicc, { profileIdentifier }) =>
    result(
      Es10Tag.enableProfile,
      codeOf(
        EnableProfileResult,
        onProfile(euicc, profileIdentifier, (iccid) => euicc.enableProfile(iccid)),
      ),
    ),
  ),

  es10Function(SwitchProfileRequest(Es10Tag.disableProfile), (euicc, { profileIdentifier }) =>
    result(
      Es10Tag.disableProfile,
      codeOf(
        DisableProfileResult,
        onProfile(euicc, profileIdentifier, (iccid) => euicc.disableProfile(iccid)),
      ),
    ),
  ),

  es10Function(DeleteProfileRequest, (euicc, profileIdentifier) =>
    result(
      Es10Tag.deleteProfile,
      codeOf(
        DeleteProfileResult,
        onProfile(euicc, profileIdentifier, (iccid) => euicc.deleteProfile(iccid)),
      ),
    ),
  ),

  { tag: Es10Tag.euiccMemoryReset, call: memoryReset },

  es10Function(GetEuiccDataRequest, (euicc, { tagList }) => {
    if (!tagList.includes(eidTag))
      throw refused('referencedDataNotFound', 'the card only has tag 5A, the EID');
    return encode(GetEuiccDataResponse, { eidValue: eidToOctets(euicc.eid) });
  }),

  es10Function(SetNicknameRequest, (euicc, { iccid, profileNickname }) =>
    result(
      Es10Tag.setNickname,
      SetNicknameResult[euicc.setNickname(iccidFromOctets(iccid), profileNickname)],
    ),
  ),
];

function memoryReset(euicc: VirtualEuicc, request: Buffer): Buffer {
  const { resetOptions } = decode(EuiccMemoryResetRequest, withContextTag(request));
  const isSet = (option: keyof typeof ResetOption): boolean => hasBit(resetOptions, ResetOption[option]);
  const outcome = euicc.memoryReset({
    operationalProfiles: isSet('deleteOperationalProfiles'),
    testProfiles: isSet('deleteFieldLoadedTestProfiles'),
    defaultSmdpAddress: isSet('resetDefaultSmdpAddress'),
  });
  return result(Es10Tag.euiccMemoryReset, ResetResult[outcome]);
}

/** Older versions of euicc-go give `resetOptions` the tag 42 instead of 82. */
function withContextTag(request: Buffer): Buffer {
  const at = 3;
  return request[at] === 0x42
    ? Buffer.concat([request.subarray(0, at), Buffer.of(0x82), request.subarray(at + 1)])
    : request;
}

/** Calls a function for the profile with the given ICCID or ISD-P AID. */
function onProfile(
  euicc: VirtualEuicc,
  identifier: ProfileIdentifier,
  call: (iccid: string) => ProfileResult,
): ProfileResult {
  if ('iccid' in identifier) return call(iccidFromOctets(identifier.iccid));
  const aid = identifier.isdpAid.toString('hex').toUpperCase();
  const profile = euicc.getProfilesInfo().find(({ isdpAid }) => isdpAid === aid);
  return profile ? call(profile.iccid) : 'iccidOrAidNotFound';
}

const codeOf = (codes: Readonly<Partial<Record<ProfileResult, number>>>, outcome: ProfileResult): number =>
  codes[outcome] ?? EnableProfileResult.undefinedError;
