import * as control from '../index.js';
import { FaultRule } from '../../instruments/faults/index.js';
import { ProfileRequest } from '../../orders/index.js';
import { ProfileMetadata } from '../../profiles/index.js';
import { es2plusSchemas } from './es2plus.js';
import { refusedManifest } from './problems.js';

/** Schemas by name. Client generators turn each name into a type. */
export const schemaNames: Readonly<Record<string, object>> = {
  ...es2plusSchemas,
  ...{ ProfileRequest, ProfileMetadata, FaultRule, RefusedManifest: refusedManifest },
  Problem: control.ProblemDetails,
  FieldProblem: control.ProblemDetails.properties.errors.items,
  Address: control.AddressView,
  Callback: control.CallbackView,
  CallbackList: control.CallbackList,
  Clock: control.ClockView,
  ClockChange: control.ClockChange,
  Duration: control.Duration,
  Device: control.DeviceView,
  DeviceDetails: control.DeviceDetails,
  DeviceRequest: control.DeviceRequest,
  DeviceChange: control.DeviceChange,
  DeviceCard: control.CardProperties,
  DeviceUser: control.UserView,
  DeviceUserChange: control.UserChange,
  DeviceOperation: control.OperationView,
  DeviceOperationSummary: control.OperationSummary,
  DeviceOperationStep: control.StepView,
  DeviceOperationResult: control.OperationResult,
  DeviceOperationError: control.OperationError,
  DeviceQuestion: control.QuestionView,
  DeviceProfile: control.InstalledProfileView,
  DeviceNotification: control.NotificationView,
  DeviceDelivery: control.DeliveryView,
  DeviceDownload: control.DownloadRequest,
  DeviceDiscovery: control.DiscoveryRequest,
  DeviceConsent: control.ConsentRequest,
  Fault: control.FaultView,
  DeviceWords: control.DeviceWordsView,
  AndroidCommand: control.AndroidCommandRequest,
  AndroidDevice: control.AndroidDeviceView,
  AndroidOperation: control.AndroidOperation,
  AndroidSettings: control.AndroidSettingsView,
  AppleSettings: control.AppleSettingsView,
  Exchange: control.ExchangeDetails,
  ExchangeSummary: control.ExchangeSummary,
  ExchangeList: control.ExchangeList,
  ExchangeFile: control.ExchangeFile,
  NearMiss: control.NearMiss,
  Session: control.SessionView,
  SessionDetails: control.SessionDetails,
  SessionList: control.SessionList,
  VerifyRequest: control.VerifyRequest,
  Verified: control.Verified,
  Unverified: control.Unverified,
  ManifestAnswer: control.ManifestAnswer,
  Operator: control.OperatorView,
  OperatorSettings: control.OperatorBody,
  MdmCodes: control.MdmCodesView,
  DeviceStatus: control.DeviceStatus,
  ManagedDevice: control.ManagedDeviceView,
  ManagementChange: control.ManagementChange,
  WindowsSettings: control.WindowsSettingsView,
  WindowsSettingsChange: control.WindowsSettingsChange,
  Policy: control.PolicyView,
  PolicyRequest: control.PolicyRequest,
  PolicyAssignment: control.AssignmentRequest,
  PolicyStatus: control.PolicyStatusView,
  PolicyDevice: control.PolicyDevice,
  DeviceGroup: control.GroupView,
  DeviceGroupRequest: control.GroupRequest,
  Pool: control.PoolView,
  PoolRequest: control.PoolRequest,
  PoolStatus: control.PoolStatus,
  GeneratedPool: control.GeneratedPool,
  ImportedPool: control.ImportedPool,
  DeletedPool: control.DeletedPool,
  ProfileType: control.ProfileTypeView,
  ProfileTypeChange: control.TypeBody,
  Profile: control.ProfileView,
  ProfileDetails: control.ProfileDetails,
  ProfileList: control.ProfileList,
  CreatedProfile: control.CreatedProfile,
  Simulation: control.SimulationView,
  SimulationRequest: control.SimulationRequest,
  ResetRequest: control.ResetRequest,
  SmdsEvent: control.EventView,
  SmdsEventList: control.EventList,
  Snapshot: control.SnapshotView,
};

let namesByContent: ReadonlyMap<string, string> | undefined;

const nameOf = (schema: object): string | undefined =>
  (namesByContent ??= new Map(
    Object.entries(schemaNames).map(([name, named]) => [JSON.stringify(named), name]),
  )).get(JSON.stringify(schema));

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/**
 * Copies a schema. In the copy, each named schema has its name as title, because `@fastify/swagger` keeps titles, but would try to resolve
 * references.
 */
export function withNames<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map((each: unknown) => withNames(each)) as T;
  if (!isNode(schema)) return schema;
  const name = nameOf(schema);
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withNames(value)]));
  return { ...copy, ...(name !== undefined && { title: name }) } as T;
}

/** Moves each schema whose title is a name to `components`, and leaves a reference in its place. */
export function withComponents(document: Node): Node {
  const schemas: Record<string, object> = {};
  const hoisted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hoisted);
    if (!isNode(value)) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hoisted(each)]));
    const { title, ...schema } = copy;
    if (typeof title !== 'string' || !Object.hasOwn(schemaNames, title)) return copy;
    schemas[title] ??= schema;
    return { $ref: `#/components/schemas/${title}` };
  };
  const { paths, components, ...rest } = document;
  const described = hoisted(paths);
  const sorted = Object.fromEntries(
    Object.keys(schemas)
      .sort()
      .map((name) => [name, schemas[name]]),
  );
  return { ...rest, components: { ...(components as Node), schemas: sorted }, paths: described };
}
