import { Button, Stack, Text } from "@mantine/core";
import { IconEyeOff, IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { api, type Schemas } from "@/api/client";
import { FileLinks } from "@/ui/FileLinks";
import { formatDateTime } from "@/ui/format";
import { notifyDone, notifyRefused } from "@/ui/notify";
import { Panel } from "@/ui/Panel";
import { ProblemAlert } from "@/ui/ProblemAlert";
import { PostForm } from "@/ui/questions/PostForm";
import classes from "@/ui/questions/Questions.module.css";
import { ShowAnswer } from "@/ui/questions/ShowAnswer";
import { StatusBadge } from "@/ui/StatusBadge";

export type Thread = Schemas["ThreadOut"];
type Post = Schemas["PostOut"];

interface QuestionsProps {
  /** What it is about, as the server names it: "messaging.delivery". */
  kind: string;
  id: string;
  title: string;
  /** How the two sides are called here. */
  outside: string;
  office: string;
  /** Said where nobody has asked yet, to whoever may. */
  invitation: string;
  order?: 2 | 3;
}

const fileAddress = (id: string) => `/api/v1/threads/files/${id}/`;
const EVERY_MINUTE = 60_000;

/** What two sides of one matter have asked each other, and the place to ask or answer. */
export function Questions({ kind, id, title, outside, office, invitation, order }: QuestionsProps) {
  const thread = api.useQuery(
    "get",
    "/api/v1/threads/about/{kind}/{id}/",
    { params: { path: { kind, id } } },
    { refetchInterval: EVERY_MINUTE },
  );
  const names = { outside, office };
  const told = thread.data;
  return (
    <div id="questions">
      <Panel
        title={title}
        order={order}
        actions={told?.is_asked && <StatusBadge tone="warning">czeka na odpowiedź</StatusBadge>}
      >
        <Stack>
          <ProblemAlert error={thread.error} title="Nie udało się wczytać pytań" retry={() => void thread.refetch()} />
          {told && <Posts thread={told} names={names} />}
          {told && told.posts.length === 0 && told.may_write && <Text c="dimmed">{invitation}</Text>}
          {told && told.posts.length === 0 && !told.may_write && <Text c="dimmed">Nikt jeszcze o nic nie pytał.</Text>}
          {told?.may_write && <PostForm thread={told} />}
          {told?.closed && told.posts.length > 0 && <Text size="sm">{told.closed} Nie można już tu pisać.</Text>}
          {told && told.shown.length > 0 && <Shown thread={told} />}
        </Stack>
      </Panel>
    </div>
  );
}

function Posts({ thread, names }: { thread: Thread; names: Record<Post["side"], string> }) {
  if (thread.posts.length === 0) {
    return null;
  }
  return (
    <ol className={classes.posts} aria-label="Pytania i odpowiedzi">
      {thread.posts.map((post) => (
        <li key={post.id} className={classes.post} data-own={post.side === thread.side}>
          <Text size="sm" c="dimmed">
            {post.author} ({names[post.side]}), <time dateTime={post.at}>{formatDateTime(post.at)}</time>
          </Text>
          <Text className={classes.text}>{post.text}</Text>
          {post.files.length > 0 && <FileLinks label="Pliki" files={post.files} addressOf={fileAddress} />}
          {thread.may_show && post.side === "office" && <ForEverybody post={post} thread={thread} />}
        </li>
      ))}
    </ol>
  );
}

/** Whether all addressees read this answer, and the press that changes it. */
function ForEverybody({ post, thread }: { post: Post; thread: Thread }) {
  const [isAsked, setAsked] = useState(false);
  const hide = api.useMutation("post", "/api/v1/threads/posts/{id}/hide/", {
    onSuccess: () => notifyDone("Odpowiedź widzi znowu tylko ten, kto pytał."),
    onError: notifyRefused,
  });
  const question = thread.posts.findLast(({ side, at }) => side === "outside" && at < post.at)?.text ?? "";
  return post.shown_at === null ? (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconUsers size={16} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        Pokaż wszystkim adresatom
      </Button>
      {isAsked && <ShowAnswer post={post} question={question} onClose={() => setAsked(false)} />}
    </>
  ) : (
    <Text size="sm">
      Widzą ją wszyscy adresaci, jako odpowiedź na pytanie: „{post.shown_question}”.{" "}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconEyeOff size={16} aria-hidden />}
        loading={hide.isPending}
        onClick={() => hide.mutate({ params: { path: { id: post.id } } })}
      >
        Ukryj
      </Button>
    </Text>
  );
}

/** What was answered to others and is of use to all: without who asked. */
function Shown({ thread }: { thread: Thread }) {
  return (
    <section aria-label="Odpowiedzi dla wszystkich adresatów">
      <Text fw={600}>Odpowiedzi dla wszystkich adresatów</Text>
      <ul className={classes.posts}>
        {thread.shown.map((post) => (
          <li key={post.id} className={classes.post}>
            <Text fw={600}>{post.question}</Text>
            <Text className={classes.text}>{post.text}</Text>
            {post.files.length > 0 && <FileLinks label="Pliki" files={post.files} addressOf={fileAddress} />}
            <Text size="sm" c="dimmed">
              {formatDateTime(post.at)}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
