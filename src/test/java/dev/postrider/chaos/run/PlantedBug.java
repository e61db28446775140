package dev.postrider.chaos.run;

import java.util.List;

/**
 * A mistake that queue workers are known to make, planted into a copy of the packaged worker, and
 * the scenario that must notice it. A suite that stays green with it would prove nothing.
 */
public enum PlantedBug {
  ACKNOWLEDGES_BEFORE_SENDING(
      "T2",
      edit(
          "java/dev/postrider/queue/GroupReader.java",
          ".arg(\"COUNT\")\n        .arg(count);",
          ".arg(\"COUNT\")\n        .arg(count)\n        .arg(\"NOACK\");"),
      edit(
          "resources/lua/common.lua",
          "local function remove(ready, group, entry)\n",
          "local function remove(ready, group, entry)\n"
              + "  do return redis.call('XDEL', ready, entry) end\n")),

  CREATES_THE_GROUP_AT_THE_END(
      "T13b",
      edit(
          "java/dev/postrider/queue/GroupReader.java",
          ".arg(\"0\")\n            .arg(\"MKSTREAM\")",
          ".arg(\"$\")\n            .arg(\"MKSTREAM\")")),

  TAKES_OVER_FROM_THE_LIVING(
      "T11",
      edit(
          "java/dev/postrider/queue/consumer/Reclaim.java",
          "if (leases.get(i) == null) {",
          "if (leases != null) {"),
      edit(
          "resources/lua/reclaim.lua",
          "redis.call('EXISTS', KEYS[7]) == 1",
          "redis.call('EXISTS', KEYS[7]) == 2")),

  TAKES_OVER_WHAT_IS_SLOW(
      "T12",
      edit(
          "java/dev/postrider/queue/consumer/Reclaim.java",
          "if (leases.get(i) == null) {",
          "if (leases != null) {"),
      edit(
          "resources/lua/reclaim.lua",
          "redis.call('EXISTS', KEYS[7]) == 1",
          "redis.call('EXISTS', KEYS[7]) == 2"),
      edit(
          "resources/lua/reclaim.lua",
          "redis.call('XPENDING', KEYS[1], ARGV[1], '-'",
          "redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', 1500, '-'")),

  TAKES_SLEEPERS_FOR_DEAD(
      "T6b", edit("resources/lua/renew.lua", "found[4] % ARGV[6] > 1", "found[4] % ARGV[6] > 9")),

  RENEWS_LEASES_OF_OTHERS(
      "T2",
      edit(
          "java/dev/postrider/redis/Keys.java",
          "return of(\"worker:\" + consumer);",
          "return of(consumer.isEmpty() ? \"worker:\" : \"worker:0\");")),

  PROMOTES_IN_TWO_STEPS(
      "T11",
      edit(
          "resources/lua/promote.lua",
          "local function add(both)\n",
          "local popped = {}\nlocal function add(both)\n"),
      edit(
          "resources/lua/promote.lua",
          "return redis.pcall('XADD', KEYS[3], '*', 'mail', string.sub(both, cut + 1), 'progress',"
              + " string.sub(both, 1, cut - 1))",
          "popped[#popped + 1] = string.sub(both, cut + 1)\n"
              + "  popped[#popped + 1] = string.sub(both, 1, cut - 1)\n"
              + "  return 'popped'"),
      edit("resources/lua/promote.lua", "or -1, now }", "or -1, now, popped }"),
      edit(
          "java/dev/postrider/schedule/Schedule.java",
          ".run(link)\n        .map(Schedule::parse);\n  }\n",
          """
          .run(link)
                  .call(reply -> push(link, reply.get(3)))
                  .map(Schedule::parse);
            }

            private Uni<?> push(Link link, Response popped) {
              Uni<?> pushed = Uni.createFrom().nullItem();
              for (int i = 0; i < popped.size(); i += 2) {
                io.vertx.redis.client.Request add =
                    io.vertx.redis.client.Request.cmd(io.vertx.redis.client.Command.XADD)
                        .arg(keys.ready()).arg("*")
                        .arg("mail").arg(popped.get(i).toBytes())
                        .arg("progress").arg(popped.get(i + 1).toBytes());
                pushed = pushed.chain(() -> link.send(add));
              }
              return pushed;
            }
          """)),

  ADDS_BEFORE_IT_REMOVES(
      "T13c",
      edit(
          "resources/lua/settle-done.lua",
          "    ours = remove(",
          "    redis.call('HINCRBY', KEYS[5], outcome, 0)\n    ours = remove(")),

  RESENDS_WHAT_ASKED_TO_BE_HELD(
      "T3b",
      edit(
          "java/dev/postrider/worker/Attempt.java",
          "== EarlierReader.LOST_WHILE_SENDING\n        &&",
          "== null\n        &&")),

  SENDS_AGAIN_WHAT_IS_IN_FLIGHT(
      "T11",
      edit(
          "java/dev/postrider/worker/fetch/Slots.java",
          "entries.stream().filter(entry -> !isInFlight(entry)).toList()",
          "entries.stream().filter(entry -> taken != null).toList()"));

  /** Part of every build; the others belong to the long run. */
  public static final List<PlantedBug> GATE = List.of(RESENDS_WHAT_ASKED_TO_BE_HELD);

  private final String noticedBy;
  private final List<Edit> edits;

  PlantedBug(String noticedBy, Edit... edits) {
    this.noticedBy = noticedBy;
    this.edits = List.of(edits);
  }

  /**
   * One change of the sources.
   *
   * @param file below {@code src/main}
   * @param right what stands there
   * @param wrong what is put in its place
   */
  public record Edit(String file, String right, String wrong) {

    boolean isScript() {
      return file.endsWith(".lua");
    }
  }

  private static Edit edit(String file, String right, String wrong) {
    return new Edit(file, right, wrong);
  }

  /** The name of the scenario that must break. */
  public String noticedBy() {
    return noticedBy;
  }

  public List<Edit> edits() {
    return edits;
  }
}
