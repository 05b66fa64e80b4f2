/** GraphQL over WebSocket: graphql-ws with the same checks, rights and masking as over HTTP. */
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
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
import { admit } from "./admit.ts";
import { MAX_BODY, MAX_TOKENS, type RateLimit } from "./limits.ts";
import { createLoaders } from "./loaders.ts";
import { maskError } from "./mask-error.ts";

/** Open subscriptions of one person on one server. */
const MAX_SUBSCRIPTIONS = 5_000;

/** The close code of bad, revoked or ended credentials; the client's library does not retry it. */
const UNAUTHENTICATED_CLOSE = 4401;

/** How long a client may take to answer the close of its socket when the server stops; ms. */
const GOODBYE = 2_000;

/** What we keep with a socket; a type and not an interface, since graphql-ws asks for an index signature. */
type SocketExtra = { caller: Caller | null };

type Connection = SocketContext<Record<string, unknown>, Extra & Partial<SocketExtra>>;

function header(request: IncomingMessage, name: string): Record<string, string> {
  const value = request.headers[name];
  return typeof value === "string" ? { [name]: value } : {};
}

/**
 * Executes each event with loaders of its own: what they cache is stale by the next. One that was refused before its
 * first event fails, which makes it end with an `error` message as later refusals do.
 */
async function* executeEvents(
  args: ExecutionArgs,
  events: AsyncIterable<unknown> | ExecutionResult,
  context: Context,
): AsyncGenerator<ExecutionResult> {
  if (!(Symbol.asyncIterator in events))
    throw events.errors?.[0] ?? new Error("a subscription gave neither events nor errors");
  for await (const event of events) {
    const contextValue: Context = {
      ...context,
      loaders: createLoaders(context.db, context.caller?.viewer.id ?? null),
    };
    yield await execute({ ...args, rootValue: event, contextValue });
  }
}

/** Ends the source at once when the subscriber leaves: a generator waits in its `await` until the next event. */
function endingWithSource(
  results: AsyncGenerator<ExecutionResult>,
  events: AsyncIterable<unknown>,
  ended: () => void,
): AsyncGenerator<ExecutionResult> {
  const source = events[Symbol.asyncIterator]();
  let open = true;
  const end = () => {
    if (open) ended();
    open = false;
  };
  const stop = async () => {
    end();
    await source.return?.();
  };
  return {
    async next() {
      try {
        const result = await results.next();
        if (result.done) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      await stop();
      return { done: true, value: undefined };
    },
    async throw(error: unknown) {
      await stop();
      throw error;
    },
    async [Symbol.asyncDispose]() {
      await stop();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
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
  const subscriptions = new Map<string, number>();

  function contextOf(connection: Connection): Context {
    const caller = connection.extra.caller ?? null;
    const requestId = uuidv7();
    return {
      ...services,
      log: log.child({ requestId }),
      caller,
      requestId,
      loaders: createLoaders(services.db, caller?.viewer.id ?? null),
      setCookie: null,
      address: connection.extra.request.socket.remoteAddress ?? "",
      bodyBytes: 0,
    };
  }

  function prepare(
    connection: Connection,
    { query, operationName, variables }: SubscribePayload,
  ): ExecutionArgs | readonly GraphQLError[] {
    const contextValue = contextOf(connection);
    try {
      rateLimit.take(contextValue.caller?.viewer.id ?? contextValue.address);
      const document: DocumentNode = parse(query, { maxTokens: MAX_TOKENS });
      const errors = validate(schema, document);
      if (errors.length > 0) return errors;
      const operation = getOperationAST(document, operationName);
      if (!operation)
        return [new GraphQLError("operationName must name one of the operations in the document.")];
      admit(contextValue, schema, document, operation, variables ?? {});
      const person = contextValue.caller?.viewer.id;
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

  function count(personId: string, by: 1 | -1): void {
    const left = (subscriptions.get(personId) ?? 0) + by;
    if (left > 0) subscriptions.set(personId, left);
    else subscriptions.delete(personId);
  }

  const door = serveOn<Record<string, unknown>, SocketExtra>(
    {
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
          if (!(error instanceof ApiError)) throw error;
          socket.close(UNAUTHENTICATED_CLOSE, "Unauthorized");
          return false;
        }
        connections.add(connection);
        return true;
      },
      onClose: (connection) => void connections.delete(connection),
      onSubscribe: (connection, _id, payload) => prepare(connection, payload),
      async subscribe(args) {
        const context = contextIn(args);
        const events = await createSourceEventStream(args);
        if (!(Symbol.asyncIterator in events)) return executeEvents(args, events, context);
        const person = context.caller?.viewer.id ?? "";
        count(person, 1);
        return endingWithSource(executeEvents(args, events, context), events, () => count(person, -1));
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
function contextIn({ contextValue }: ExecutionArgs): Context {
  return contextValue as Context;
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
