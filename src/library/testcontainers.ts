import { randomBytes } from 'node:crypto';
import {
  AbstractStartedContainer,
  GenericContainer,
  getContainerRuntimeClient,
  Wait,
  type RestartOptions,
  type StartedTestContainer,
} from 'testcontainers';
import { connectMockSmdp, type ConnectOptions } from './connect.js';
import type { ConnectedSmdp } from './mock-smdp.js';

/** The ports that the image exposes. */
const ports = { devices: 8443, operators: 8080 };

/**
 * A server in a container, for Testcontainers. The server keeps its data in memory, starts without the demo profile,
 * and knows the address under which devices reach it.
 *
 * @example
 *     await using container = await new MockSmdpContainer('mock-smdp').start();
 *     const { activationCode } = await container.smdp.profiles.create();
 *     await container.smdp.faults.add({ function: 'authenticateClient', refuse: '8.1/4.8', times: 1 });
 */
export class MockSmdpContainer extends GenericContainer {
  readonly #token = randomBytes(24).toString('base64url');

  /** @param image name of the image, such as `mock-smdp` after `docker build --tag mock-smdp .` */
  constructor(image: string) {
    super(image);
    this.withExposedPorts(ports.devices, ports.operators)
      .withEnvironment({ SMDP_DATABASE: ':memory:', SMDP_SEED: 'none' })
      .withWaitStrategy(Wait.forHttp('/readyz', ports.operators));
  }

  /**
   * Starts the container, tells the server the address under which devices reach it, and connects a client to the server.
   *
   * @throws ConnectionError if the server does not answer. If the container does not start, the error comes from Testcontainers
   */
  override async start(): Promise<StartedMockSmdpContainer> {
    const token = this.environment['SMDP_ADMIN_TOKEN'] ?? this.#token;
    this.withEnvironment({ SMDP_ADMIN_TOKEN: token });
    return StartedMockSmdpContainer.of(await super.start(), token);
  }

  /** Sets the host under which containers are reached. The server issues its TLS certificate for this host at its start. */
  protected override async beforeContainerCreated(): Promise<void> {
    const { info } = await getContainerRuntimeClient();
    this.withEnvironment({ SMDP_ADDRESS: info.containerRuntime.host, ...this.environment });
  }
}

/** A container whose server answers. */
export class StartedMockSmdpContainer extends AbstractStartedContainer {
  #smdp: ConnectedSmdp | undefined;

  private constructor(
    container: StartedTestContainer,
    /** Bearer token of the operator-facing listener. */
    readonly token: string,
  ) {
    super(container);
  }

  /**
   * Connects to a server in a running container. If the connection fails, stops the container.
   *
   * @throws ConnectionError if no mock-smdp answers, or the token is wrong
   */
  static async of(container: StartedTestContainer, token: string): Promise<StartedMockSmdpContainer> {
    const started = new StartedMockSmdpContainer(container, token);
    try {
      await started.#announce();
      return started;
    } catch (error) {
      await container.stop();
      throw error;
    }
  }

  /** The client of the whole server. After {@link restart}, this is a new client. */
  get smdp(): ConnectedSmdp {
    if (this.#smdp === undefined) throw new Error('The container has been stopped.');
    return this.#smdp;
  }

  /** Base URL of the operator-facing listener, as seen from this machine. */
  get operatorUrl(): string {
    return `http://${this.#host}:${this.getMappedPort(ports.operators)}`;
  }

  /** The SM-DP+ address of activation codes: the host and the mapped port of the device-facing listener. */
  get address(): string {
    return `${this.#host}:${this.getMappedPort(ports.devices)}`;
  }

  /** Another client of the server, for instance in the namespace of one worker. The caller closes it. */
  connect(options: Omit<ConnectOptions, 'token'> = {}): Promise<ConnectedSmdp> {
    return connectMockSmdp(this.operatorUrl, { ...options, token: this.token });
  }

  /** Restarts the container. Docker may then map other ports to the container, so this call tells the server its new address. */
  override async restart(options?: Partial<RestartOptions>): Promise<void> {
    await this.#disconnect();
    await super.restart(options);
    await this.#announce();
  }

  protected override containerStopping(): Promise<void> {
    return this.#disconnect();
  }

  get #host(): string {
    const host = this.getHost();
    return host.includes(':') ? `[${host}]` : host;
  }

  async #announce(): Promise<void> {
    const smdp = await this.connect();
    this.#smdp = smdp;
    await smdp.server.moveTo(this.address);
  }

  async #disconnect(): Promise<void> {
    const smdp = this.#smdp;
    this.#smdp = undefined;
    await smdp?.close();
  }
}
