/** GraphQL over HTTP: Apollo Server on Fastify, with our checks before and our masking after each operation. */
import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLSchema, OperationTypeNode } from "graphql";
import type { Caller, Context, Services } from "../context.ts";
import { ApiError } from "../errors.ts";
import { answerPeople } from "../http/graphiql-page.ts";
import { admit } from "./admit.ts";
import { MAX_IMPORT_BODY, MAX_TOKENS } from "./limits.ts";
import { createLoaders } from "./loaders.ts";
import { maskError } from "./mask-error.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set before a body is read; null when signed out. */
    caller: Caller | null;
    /** Of the body as it came; 0 without one. */
    bodyBytes: number;
  }
}

function contextOf(services: Services, request: FastifyRequest, reply: FastifyReply): Context {
  return {
    ...services,
    log: request.log,
    caller: request.caller,
    requestId: request.id,
    loaders: createLoaders(services.db, request.caller?.viewer.id ?? null),
    setCookie: (cookie) => void reply.header("set-cookie", cookie),
    address: request.ip,
    userAgent: request.headers["user-agent"],
    bodyBytes: request.bodyBytes,
  };
}

/** Runs our checks between validation and execution. */
function admission(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ contextValue, document, operation, request }) {
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
            throw new ApiError(
              "BAD_USER_INPUT",
              "Subscriptions are answered over WebSocket, at the same address.",
              { status: 400 },
            );
          }
          if (operation) admit(contextValue, schema, document, operation, request.variables ?? {});
        },
        async willSendResponse({ response, contextValue, errors }) {
          const { body } = response;
          if (body.kind !== "single" || !body.singleResult.errors) return;
          const { singleResult } = body;
          singleResult.errors = body.singleResult.errors.map((formatted, index) =>
            maskError(errors?.[index] ?? new GraphQLError(formatted.message), formatted, contextValue),
          );
        },
      };
    },
  };
}

/** Serves `/graphql` over HTTP; answers what stops it. */
export async function openHttpDoor(
  app: FastifyInstance,
  services: Services,
  schema: GraphQLSchema,
): Promise<() => Promise<void>> {
  const apollo = new ApolloServer<Context>({
    schema,
    // Apollo's own page for browsers loads its script from elsewhere.
    plugins: [admission(schema), ApolloServerPluginLandingPageDisabled()],
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // A cookie counts only with an own Origin or Sec-Fetch-Site (people/identity.ts), which is the protection here.
    csrfPrevention: false,
    parseOptions: { maxTokens: MAX_TOKENS },
    stopOnTerminationSignals: false,
    logger: services.log,
  });
  await apollo.start();
  const handler = fastifyApolloHandler(apollo, {
    context: async (request, reply) => contextOf(services, request, reply),
  });
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    bodyLimit: MAX_IMPORT_BODY,
    preHandler: answerPeople,
    handler,
  });
  return () => apollo.stop();
}
