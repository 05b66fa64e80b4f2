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
import { type Answer, createAnswer, writeAnswer } from "./answer.ts";
import { createKeptAnswers } from "./kept-answers.ts";
import { MAX_IMPORT_BODY, MAX_TOKENS } from "./limits.ts";
import { createLoaders } from "./loaders.ts";
import { maskError } from "./mask-error.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set before a body is read; null when signed out. */
    caller: Caller | null;
    /** Of the body as it came; 0 without one. */
    bodyBytes: number;
    /** What GraphQL has written of the answer past its executor. */
    answer: Answer | null;
  }
}

/** What Apollo is left with where the answer is text already; see `onSend`. */
const NOTHING = { data: {} };

function contextOf(services: Services, request: FastifyRequest, reply: FastifyReply): Context {
  const answer = createAnswer();
  request.answer = answer;
  return {
    ...services,
    log: request.log,
    answer,
    caller: request.caller,
    requestId: request.id,
    loaders: createLoaders(services.db, request.caller?.viewer.id ?? null),
    setCookie: (cookie) => void reply.header("set-cookie", cookie),
    address: request.ip,
    userAgent: request.headers["user-agent"],
    bodyBytes: request.bodyBytes,
  };
}

/** Runs our checks between validation and execution, and answers from what is kept. */
function admission(schema: GraphQLSchema): ApolloServerPlugin<Context> {
  const keptAnswers = createKeptAnswers(schema);
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
        async responseForOperation({
          contextValue,
          document,
          operation,
          queryHash: hash,
          request,
          response,
        }) {
          const { answer } = contextValue;
          if (answer === null || hash === undefined) return null;
          const variables = request.variables ?? {};
          answer.body = await keptAnswers(contextValue, { document, operation, hash, variables });
          return answer.body && { http: response.http, body: { kind: "single", singleResult: NOTHING } };
        },
        async willSendResponse({ response, contextValue, errors }) {
          const { body } = response;
          if (body.kind !== "single") return;
          const { singleResult } = body;
          if (singleResult.errors) {
            singleResult.errors = singleResult.errors.map((formatted, index) =>
              maskError(errors?.[index] ?? new GraphQLError(formatted.message), formatted, contextValue),
            );
          }
          const { answer } = contextValue;
          if (answer && answer.splices.length > 0) {
            answer.body = writeAnswer(singleResult, answer);
            body.singleResult = NOTHING;
          }
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
  app.decorateRequest("answer", null);
  app.route({
    method: ["GET", "POST"],
    url: "/graphql",
    bodyLimit: MAX_IMPORT_BODY,
    preHandler: answerPeople,
    handler,
    onSend: async ({ answer }, _reply, payload) => answer?.body ?? payload,
  });
  return () => apollo.stop();
}
