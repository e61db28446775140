# Removes every entry of a topic from the scheduled set, as Sidekiq's own interface does it, and
# prints how many seconds that took.
require "sidekiq"
require "sidekiq/api"

Sidekiq.logger.level = Logger::WARN
start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
Sidekiq::ScheduledSet.new.scan(ARGV.fetch(0)).each(&:delete)
puts Process.clock_gettime(Process::CLOCK_MONOTONIC) - start
