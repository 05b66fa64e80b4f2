/** GraphQL over WebSocket: graphql-ws with the same checks, rights and masking as over HTTP. */
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
} from "graphql";
import {
  GRAPHQL_TRANSPORT_WS_PROTOCOL,
  type Context as SocketContext,
  type SubscribePayload,
} from "graphql-ws";
import { type Extra, useServer as serveOn } from "graphql-ws/use/ws";
import { v7 as uuidv7 } from "uuid";
import { WebSocketServer } from "ws";
import type { Caller, Context, Services } from "../context.ts";
import { ApiError } from "../errors.ts";
import { pathOf } from "../http/path.ts";
import { createLiveSocket, type LiveSocket } from "../live/receiver.ts";
import { SharedWatch } from "../live/shared-watch.ts";
import { admit } from "./admit.ts";
import { createDocuments, type PreparedDocument } from "./documents.ts";
import { MAX_BODY, type RateLimit } from "./limits.ts";
import { createLoaders } from "./loaders.ts";
import { maskError } from "./mask-error.ts";
import { resultsOf } from "./own-execution.ts";
import { shareOf } from "./shared-execution.ts";

/** Open subscriptions of one person on one server. */
const MAX_SUBSCRIPTIONS = 5_000;

/** The close code of bad, revoked or ended credentials; the client's library does not retry it. */
const UNAUTHENTICATED_CLOSE = 4401;

/** The close code while nobody can be asked who somebody is; the library's own, 4500, would end a client's retries. */
const TRY_AGAIN_CLOSE = 1013;

/** How long a client may take to say who it is; ms. The library's 3 s are over for those who wait in a crowd. */
const HELLO_WITHIN = 10_000;

/** How long a client may take to answer the close of its socket when the server stops; ms. */
const GOODBYE = 2_000;

/** What we keep with a socket; a type and not an interface, since graphql-ws asks for an index signature. */
type SocketExtra = { caller: Caller | null; liveSocket: LiveSocket };

type Connection = SocketContext<Record<string, unknown>, Extra & Partial<SocketExtra>>;

function header(request: IncomingMessage, name: string): Record<string, string> {
  const value = request.headers[name];
  return typeof value === "string" ? { [name]: value } : {};
}

/** What an operation of a socket runs with. */
interface OperationContext extends Context {
  connection: Connection;
  subscriptionId: string;
  prepared: PreparedDocument;
}

/** Serves `/graphql` over WebSocket; answers what stops it. */
export function openSocketDoor(
  app: FastifyInstance,
  services: Services,
  schema: GraphQLSchema,
  rateLimit: RateLimit,
): () => Promise<void> {
  const { identity, live, log } = services;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_BODY,
    perMessageDeflate: false,
    handleProtocols: chooseProtocol,
  });
  const connections = new Set<Connection>();
  /** Open subscriptions by person. */
  const subscriptions = new Map<string, number>();
  const prepareDocument = createDocuments(schema);

  function contextOf(connection: Connection): Context {
    const caller = connection.extra.caller ?? null;
    const requestId = uuidv7();
    return {
      ...services,
      log: log.child({ requestId }),
      caller,
      requestId,
      loaders: createLoaders(services.db, caller?.viewer.id ?? null),
      answer: null,
      setCookie: null,
      address: connection.extra.request.socket.remoteAddress ?? "",
      bodyBytes: 0,
    };
  }

  function prepare(
    connection: Connection,
    subscriptionId: string,
    { query, operationName, variables }: SubscribePayload,
  ): ExecutionArgs | readonly GraphQLError[] {
    const context = contextOf(connection);
    try {
      rateLimit.take(context.caller?.viewer.id ?? context.address);
      const prepared = prepareDocument(query);
      const { document, errors } = prepared;
      if (errors.length > 0) return errors;
      const operation = getOperationAST(document, operationName);
      if (!operation)
        return [new GraphQLError("operationName must name one of the operations in the document.")];
      admit(context, schema, document, operation, variables ?? {});
      const person = context.caller?.viewer.id;
      if (
        operation.operation === OperationTypeNode.SUBSCRIPTION &&
        person &&
        (subscriptions.get(person) ?? 0) >= MAX_SUBSCRIPTIONS
      ) {
        throw new ApiError(
          "RATE_LIMITED",
          `You have ${MAX_SUBSCRIPTIONS} open subscriptions; end one first.`,
        );
      }
      const contextValue: OperationContext = { ...context, connection, subscriptionId, prepared };
      return {
        schema,
        document,
        operationName: operationName ?? null,
        variableValues: variables ?? {},
        contextValue,
      };
    } catch (error) {
      return [asGraphqlError(error)];
    }
  }

  function liveSocketOf({ extra }: Connection): LiveSocket {
    extra.liveSocket ??= createLiveSocket(extra.socket, extra.request.socket);
    return extra.liveSocket;
  }

  function count(personId: string, by: 1 | -1): void {
    const left = (subscriptions.get(personId) ?? 0) + by;
    if (left > 0) subscriptions.set(personId, left);
    else subscriptions.delete(personId);
  }

  /** Joins those who watch the same document by the same selection. */
  function follow(watch: SharedWatch, args: ExecutionArgs): AsyncIterableIterator<ExecutionResult> {
    const context = contextIn(args);
    const { connection, subscriptionId, prepared } = context;
    const { personId } = watch;
    count(personId, 1);
    const membership = watch.join({
      share: () => shareOf(prepared, args, context, (result) => maskResult(result, context)),
      receiver: liveSocketOf(connection).receiver(subscriptionId),
      onEnd() {
        count(personId, -1);
        watch.close();
      },
    });
    watch.onRefused = membership.fail;
    return membership;
  }

  const door = serveOn<Record<string, unknown>, SocketExtra>(
    {
      connectionInitWaitTimeout: HELLO_WITHIN,
      async onConnect(connection) {
        const { request, socket } = connection.extra;
        const authorization =
          connection.connectionParams?.authorization ?? connection.connectionParams?.Authorization;
        try {
          connection.extra.caller = await identity.authenticate({
            // A socket can change things, so a cookie counts only as it would on a POST.
            method: "POST",
            // What is no text is a header in bad form, and not the lack of one.
            ...(authorization == null
              ? {}
              : { authorization: typeof authorization === "string" ? authorization : "" }),
            ...header(request, "cookie"),
            ...header(request, "origin"),
            ...(typeof request.headers["sec-fetch-site"] === "string"
              ? { secFetchSite: request.headers["sec-fetch-site"] }
              : {}),
          });
        } catch (error) {
          if (error instanceof ApiError) socket.close(UNAUTHENTICATED_CLOSE, "Unauthorized");
          else {
            log.error({ err: error }, "could not find out who opens a socket");
            socket.close(TRY_AGAIN_CLOSE, "Try again later");
          }
          return false;
        }
        connections.add(connection);
        // A browser can't give a socket the headers of its requests: so it learns when it counts as nobody here.
        return { viewerId: connection.extra.caller?.viewer.id ?? null };
      },
      onClose: (connection) => void connections.delete(connection),
      onSubscribe: prepare,
      async subscribe(args) {
        const source = await createSourceEventStream(args);
        if (source instanceof SharedWatch) return follow(source, args);
        const context = contextIn(args);
        const person = context.caller?.viewer.id ?? "";
        if (Symbol.asyncIterator in source) count(person, 1);
        return resultsOf(args, source, context, () => count(person, -1));
      },
      onNext: (_connection, _id, _payload, args, result) => maskResult(result, contextIn(args)),
      onError(connection, _id, _payload, errors) {
        const context = contextOf(connection);
        return errors.map((error) => maskError(error, asGraphqlError(error).toJSON(), context));
      },
    },
    server,
  );

  live.onSweep(async () => {
    const signedIn = [...connections].flatMap((connection) =>
      connection.extra.caller ? [{ connection, credential: connection.extra.caller.credential }] : [],
    );
    if (signedIn.length === 0) return;
    const valid = await identity.stillValid(signedIn.map(({ credential }) => credential));
    for (const [index, { connection }] of signedIn.entries()) {
      if (!valid[index]) connection.extra.socket.close(UNAUTHENTICATED_CLOSE, "Unauthorized");
    }
  });

  app.server.on("upgrade", (request, socket, head) => {
    // Until ws takes it over nobody else listens, and an error that nobody hears ends the process.
    const ignoreError = () => socket.destroy();
    socket.on("error", ignoreError);
    if (pathOf(request.url ?? "") !== "/graphql") {
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    server.handleUpgrade(request, socket, head, (client) => {
      socket.off("error", ignoreError);
      server.emit("connection", client, request);
    });
  });

  return async () => {
    // A client that is gone does not say goodbye.
    const impatience = setTimeout(() => {
      for (const client of server.clients) client.terminate();
    }, GOODBYE);
    try {
      await door.dispose();
    } finally {
      clearTimeout(impatience);
    }
  };
}

/** What `prepare` put there: graphql-ws types it as unknown. */
function contextIn({ contextValue }: ExecutionArgs): OperationContext {
  return contextValue as OperationContext;
}

function asGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

/** graphql-ws's result, whose absent members may be undefined. */
interface SentResult {
  errors?: readonly GraphQLError[] | undefined;
  data?: Record<string, unknown> | null | undefined;
  extensions?: Record<string, unknown> | undefined;
}

function maskResult({ errors, data, extensions }: SentResult, context: Context): FormattedExecutionResult {
  return {
    ...(errors ? { errors: errors.map((error) => maskError(error, error.toJSON(), context)) } : {}),
    ...(data === undefined ? {} : { data }),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

function chooseProtocol(protocols: Set<string>): string | false {
  return protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false;
}
