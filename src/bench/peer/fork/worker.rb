# Four workers. Each takes a mail from a list, forks a child that sends it and exits, and waits for
# the child before it takes the next.
require "json"
require "mail"
require "net/smtp"
require "redis"

WORKERS = 4
LIST = "resque:queue:mail"

Mail.eager_autoload!

def send_mail(mail)
  message = Mail.new do
    from mail["from"]
    to mail["to"]
    subject mail["subject"]
    body mail["text"]
  end
  smtp = Net::SMTP.new("127.0.0.1", Integer(ENV.fetch("SMTP_PORT")))
  smtp.disable_starttls
  smtp.start("localhost") { |session| session.send_message(message.encoded, message.from.first, *message.to) }
end

def work
  redis = Redis.new(url: ENV.fetch("REDIS_URL"))
  loop do
    _list, mail = redis.brpop(LIST, timeout: 1)
    next unless mail

    child = fork do
      send_mail(JSON.parse(mail))
      exit!(0)
    end
    Process.wait(child)
    abort("a child failed") unless $?.success?
  end
end

workers = Array.new(WORKERS) { fork { work } }
trap("TERM") do
  workers.each { |worker| Process.kill("KILL", worker) }
  exit!(0)
end
Process.waitall
