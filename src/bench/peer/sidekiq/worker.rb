# Sends each mail of the queue by the mail library over a connection of its own.
require "sidekiq"
require "sidekiq/api"
require "mail"

# Whether each mail first searches the scheduled set for the reminder it makes void.
SEARCHES = ENV.key?("SEARCHES")

Mail.eager_autoload!
Mail.defaults do
  delivery_method :smtp, address: "127.0.0.1", port: Integer(ENV.fetch("SMTP_PORT")), enable_starttls_auto: false
end

class SendMail
  include Sidekiq::Worker

  def perform(mail)
    Sidekiq::ScheduledSet.new.find_job(jid)&.delete if SEARCHES
    Mail.deliver do
      from mail["from"]
      to mail["to"]
      subject mail["subject"]
      body mail["text"]
    end
  end
end
